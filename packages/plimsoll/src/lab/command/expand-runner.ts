import { quoteWord, splitChain, splitWords } from './split-words.ts'

export type Scripts = Readonly<Record<string, string>>

const RUNNERS = new Set(['npm', 'yarn', 'pnpm', 'bun'])
const TOOL_RUNNERS = new Set(['npx', 'pnpx', 'bunx', 'npm', 'yarn', 'pnpm'])
const OWN_WORDS = new Set(['start', 'test', 'stop', 'restart'])
const SILENCE = new Set(['-s', '--silent', '-q', '--quiet'])

/** Which script a package runner's words name, and what it is given; null when they name none. */
const scriptOf = (words: readonly string[], scripts: Scripts) => {
  const [runner = '', ...rest] = words.filter((word) => !SILENCE.has(word))
  if (!RUNNERS.has(runner)) return null
  const explicit = rest[0] === 'run' || rest[0] === 'run-script'
  const name = explicit ? rest[1] : rest[0]
  if (name === undefined || scripts[name] === undefined) return null
  if (!explicit && runner === 'npm' && !OWN_WORDS.has(name)) return null
  const given = rest.slice(explicit ? 2 : 1)
  return { name, given: given[0] === '--' ? given.slice(1) : given }
}

const join = (line: string, given: readonly string[]) => [line, ...given.map(quoteWord)].join(' ')

/** `npx tool`, `pnpm exec tool`, `yarn tool`: the tool and its arguments, when it is installed. */
const toolOf = (words: readonly string[], installed: (tool: string) => boolean) => {
  const [runner = '', ...rest] = words
  if (!TOOL_RUNNERS.has(runner) || (runner === 'npm' && rest[0] !== 'exec')) return null
  const asked = rest[0] === 'exec' || rest[0] === 'dlx' ? rest.slice(1) : rest
  const tool = asked.slice(asked.findIndex((word) => !word.startsWith('-')))
  return tool[0] !== undefined && installed(tool[0]) ? tool : null
}

/**
 * Takes package runners out of a command, so that none stands between us and the program: its exit code and
 * signals are then exact. `npm start` becomes its script's text, with `prestart` before it.
 * @returns the parts of the resulting `&&` chain
 */
export const expandRunner = (
  line: string,
  scripts: Scripts,
  installed: (tool: string) => boolean,
  depth = 0,
): string[] =>
  splitChain(line).flatMap((part) => {
    const words = splitWords(part)
    if (words === null || depth > 5) return [part]
    const script = scriptOf(words, scripts)
    if (script === null) {
      const tool = toolOf(words, installed)
      return [tool === null ? part : tool.map(quoteWord).join(' ')]
    }
    const before = scripts[`pre${script.name}`]
    const chain = [...(before === undefined ? [] : [before]), join(scripts[script.name] ?? '', script.given)]
    return chain.flatMap((next) => expandRunner(next, scripts, installed, depth + 1))
  })
