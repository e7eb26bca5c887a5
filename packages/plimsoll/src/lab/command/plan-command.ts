import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { expandRunner, type Scripts } from './expand-runner.ts'
import { quoteWord, splitWords } from './split-words.ts'

export type Plan = {
  /** as it was written */
  shown: string
  /** absolute */
  cwd: string
  command: string | { file: string; args: readonly string[] }
  /** assignments that stood in front of it, and the folders where its tools are */
  env: Record<string, string>
  /** no shell stays between us and the program: its process id, exit code and signals are the program's own */
  direct: boolean
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s

/** Scripts of the package.json in a folder; none when there is no readable one. */
export const readScripts = (dir: string): Scripts => {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))
    const scripts =
      manifest !== null && typeof manifest === 'object' && 'scripts' in manifest ? manifest.scripts : {}
    return Object.fromEntries(
      Object.entries(scripts ?? {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    )
  } catch {
    return {}
  }
}

/** Folders in which a package script would find its tools: node_modules/.bin upwards, a virtual environment. */
export const toolFolders = (dir: string, top: string): string[] => {
  const folders: string[] = []
  for (let at = dir; ; at = dirname(at)) {
    folders.push(
      join(at, 'node_modules/.bin'),
      join(at, '.venv/bin'),
      join(at, 'venv/bin'),
      join(at, 'env/bin'),
    )
    if (at === top || dirname(at) === at) return folders.filter((folder) => existsSync(folder))
  }
}

/** Splits the assignments in front of a program from it; `cross-env` and `env` are such a front too. */
const splitFront = (words: readonly string[]) => {
  const env: Record<string, string> = {}
  let index = 0
  for (; index < words.length; index += 1) {
    const word = words[index] ?? ''
    const assignment = ASSIGNMENT.exec(word)
    if (assignment !== null) env[assignment[1] ?? ''] = assignment[2] ?? ''
    else if (!['cross-env', 'env', 'exec'].includes(word)) break
  }
  return { env, program: words.slice(index) }
}

/** What stands here already holds the program back from what is not the lab's: it is added to, and not replaced. */
const ADDED_TO: Readonly<Record<string, string>> = { NODE_OPTIONS: ' ', PYTHONPATH: delimiter }

const assign = (name: string, value: string) => {
  const joint = ADDED_TO[name]
  return `${name}=${joint === undefined ? '' : `"$${name}${joint}"`}${quoteWord(value)}`
}

/** The last program replaces the shell, so that the group leader is the server and not a shell. */
const execLast = (parts: readonly string[]) => {
  const last = parts.at(-1) ?? ''
  const words = splitWords(last)
  if (words === null) return { line: parts.join(' && '), direct: false }
  const { env, program } = splitFront(words)
  const front = Object.entries(env).map(([name, value]) => assign(name, value))
  const exec = ['exec', ...(front.length > 0 ? ['env', ...front] : []), ...program.map(quoteWord)].join(' ')
  return { line: [...parts.slice(0, -1), exec].join(' && '), direct: true }
}

/**
 * How to start a command so that as little as possible stands between us and the program.
 * @param top absolute folder above which no tools are looked for
 */
export const planCommand = (shown: string, dir: string, top: string, path: string): Plan => {
  const folders = toolFolders(dir, top)
  const installed = (tool: string) => folders.some((folder) => existsSync(join(folder, tool)))
  const parts = expandRunner(shown, readScripts(dir), installed)
  const tools = { PATH: [...folders, dirname(process.execPath), path].join(delimiter) }
  const words = parts.length === 1 ? splitWords(parts[0] ?? '') : null
  if (words !== null) {
    const { env, program } = splitFront(words)
    const [file = 'true', ...args] = program
    return { shown, cwd: dir, command: { file, args }, env: { ...tools, ...env }, direct: true }
  }
  const { line, direct } = execLast(parts)
  return { shown, cwd: dir, command: line, env: tools, direct }
}
