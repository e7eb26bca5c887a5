import { commands } from '../../packages/plimsoll/src/commands/catalogue.generated.ts'
import { files, read } from './repository.ts'

/** Every page that people read; templates and what a specimen says of itself included. */
export const documents: readonly string[] = files.filter((file) => file.endsWith('.md'))

/** Text of code spans and fenced blocks, a line each. */
export const codeIn = (markdown: string): string[] => {
  const fenced: string[] = []
  const prose = markdown.replace(/^```[^\n]*\n([\s\S]*?)^```/gm, (_, block: string) => {
    fenced.push(...block.split('\n'))
    return ''
  })
  return [...fenced, ...[...prose.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span)]
}

const CALL = /^\s*(?:[$⦵] )?(?:.*&& )?(?:npx |replay {2})?plimsoll ([a-z]+(?:-[a-z]+)*)((?: [^#]*)?)/

const flagsOf = (id: string): string[] =>
  commands
    .filter((command) => command.id === id)
    .flatMap(({ options }) => options.flatMap(({ flags }) => flags.match(/--[a-z-]+/g) ?? []))

/** What is wrong with a command line of ours in a text: an unknown word or option; null when it is none, or right. */
export const problemOfCall = (line: string): string | null => {
  const [, word, rest = ''] = CALL.exec(line) ?? []
  if (word === undefined) return null
  if (!commands.some(({ id }) => id === word)) return `plimsoll ${word}: no such command`
  const known = [...flagsOf(word), '--help']
  const strange = (rest.match(/--[a-z-]+/g) ?? []).find((flag) => !known.includes(flag))
  return strange === undefined ? null : `plimsoll ${word} ${strange}: no such option`
}

const BUILT_IN = ['install', 'ci', 'test', 'start', 'exec', 'pack']

/** What is wrong with an npm call in a text: no such script; null when it is none, or right. */
export const problemOfScript = (line: string, scripts: readonly string[]): string | null => {
  const names = [...line.matchAll(/\bnpm run ([a-z:-]+)/g)].map(([, name = '']) => name)
  const words = [...line.matchAll(/\bnpm ([a-z]+)\b/g)].map(([, word = '']) => word)
  const missing = names.find((name) => !scripts.includes(name))
  if (missing !== undefined) return `npm run ${missing}: no such script`
  const odd = words.find((word) => word !== 'run' && !BUILT_IN.includes(word))
  return odd === undefined ? null : `npm ${odd}: not one of ${BUILT_IN.join(', ')}`
}

const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

/** Anchors that a page offers. */
export const anchorsOf = (file: string): string[] =>
  [...read(file).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => slug(heading.trim()))

/** Targets of links and images, without those to other hosts. */
export const linksIn = (markdown: string): string[] => {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
}
