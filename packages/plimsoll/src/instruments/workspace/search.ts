import { spawn } from 'node:child_process'
import { createContext, Script } from 'node:vm'
import { z } from 'zod'
import { listFiles } from '../source/list-files.ts'
import type { Files } from './files.ts'
import { readTextFile } from './text-file.ts'

export type Search = {
  /** a regular expression that both JavaScript and ripgrep read, or a text where `isText` */
  pattern: string
  isText: boolean
  ignoreCase: boolean
  /** relative to the workspace; `.` is all of it */
  dir: string
  /** lines around each match */
  context: number
  keep(file: string): boolean
  signal: AbortSignal
}

export type Line = { line: number; text: string; isMatch: boolean }

/** Files with matches in the order of their paths; `problem` where the pattern cannot be read or takes too long. */
export type SearchResult = { files: { file: string; lines: Line[] }[] } | { problem: string }

const LARGEST_BYTES = 4 << 20
const MOST_MS = 10_000
const MOST_OUTPUT_BYTES = 32 << 20

const Text = z.object({ text: z.string() })
const Event = z.object({
  type: z.enum(['match', 'context']),
  data: z.object({ path: Text, lines: Text, line_number: z.number().int() }),
})

const argumentsFor = ({ pattern, isText, ignoreCase, context, dir }: Search) => [
  ...[
    '--json',
    '--hidden',
    '--crlf',
    '--no-require-git',
    '--no-config',
    '--max-filesize',
    String(LARGEST_BYTES),
    '-C',
    String(context),
  ],
  ...(isText ? ['--fixed-strings'] : []),
  ...(ignoreCase ? ['--ignore-case'] : []),
  ...['-e', pattern, '--', dir === '.' ? './' : `./${dir}`],
]

/** What ripgrep prints; null where there is none, or where it does not take the pattern. */
const runRipgrep = (root: string, search: Search): Promise<string | null> =>
  new Promise((resolve) => {
    const child = spawn('rg', argumentsFor(search), {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
      signal: search.signal,
    })
    const parts: Buffer[] = []
    let bytes = 0
    child.stdout.on('data', (part: Buffer) => {
      parts.push(part)
      bytes += part.length
      if (bytes > MOST_OUTPUT_BYTES) child.kill()
    })
    child.on('error', () => resolve(null))
    child.on('close', (code) => resolve(code === 0 || code === 1 ? Buffer.concat(parts).toString() : null))
  })

const readEvents = (output: string, wanted: ReadonlySet<string>): SearchResult => {
  const found = new Map<string, Line[]>()
  for (const row of output.split('\n').filter((one) => one !== '')) {
    const event = Event.safeParse(JSON.parse(row))
    if (!event.success) continue
    const { type, data } = event.data
    const file = data.path.text.replace(/^(?:\.\/)+/, '')
    if (!wanted.has(file)) continue
    const text = data.lines.text.replace(/\r?\n$/, '')
    found.set(file, [...(found.get(file) ?? []), { line: data.line_number, text, isMatch: type === 'match' }])
  }
  const files = [...found].map(([file, lines]) => ({ file, lines }))
  return { files: files.sort((a, b) => (a.file < b.file ? -1 : 1)) }
}

const around = (lines: readonly string[], matches: readonly number[], context: number): Line[] => {
  const shown = new Set(
    matches.flatMap((at) => Array.from({ length: 2 * context + 1 }, (_, offset) => at - context + offset)),
  )
  const hit = new Set(matches)
  return [...shown]
    .filter((at) => at >= 0 && at < lines.length)
    .sort((a, b) => a - b)
    .map((at) => ({ line: at + 1, text: lines[at] ?? '', isMatch: hit.has(at) }))
}

const SCAN = new Script('scan()')

/** A pattern that never comes to an end must not hold us: only the machine below can stop it. */
const matchesWithin = (expression: RegExp, lines: readonly string[], ms: number): number[] | null => {
  const scan = () => lines.flatMap((line, at) => (expression.test(line) ? [at] : []))
  try {
    return z
      .array(z.number())
      .parse(SCAN.runInContext(createContext({ scan }), { timeout: Math.max(1, Math.ceil(ms)) }))
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      return null
    throw thrown
  }
}

const compile = ({ pattern, isText, ignoreCase }: Search): RegExp | string => {
  try {
    return new RegExp(
      isText ? pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : pattern,
      ignoreCase ? 'i' : '',
    )
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown)
  }
}

const walk = async (files: Files, search: Search, paths: readonly string[]): Promise<SearchResult> => {
  const expression = compile(search)
  if (typeof expression === 'string') return { problem: expression }
  const found: { file: string; lines: Line[] }[] = []
  const endMs = performance.now() + MOST_MS
  for (const file of paths) {
    search.signal.throwIfAborted()
    const entry = await files.stat(file)
    const bytes = entry === null || entry.bytes > LARGEST_BYTES ? null : await files.read(file)
    const text = bytes === null ? null : readTextFile(bytes)?.text
    if (text === null || text === undefined) continue
    const lines = text.replace(/\n$/, '').split('\n')
    const matches = matchesWithin(expression, lines, endMs - performance.now())
    if (matches === null) return { problem: `that pattern takes longer than ${MOST_MS / 1_000} s` }
    if (matches.length > 0) found.push({ file, lines: around(lines, matches, search.context) })
  }
  return { files: found }
}

/**
 * Looks for a pattern in the files of a workspace that are not ignored: by ripgrep where it is installed, else by
 * ourselves, with the same result.
 */
export const search = async (
  files: Files,
  wanted: Search,
  programs: { ripgrep: boolean } = { ripgrep: true },
): Promise<SearchResult> => {
  const below = wanted.dir === '.' ? '' : `${wanted.dir}/`
  const paths = [...listFiles(files.root).keys()].filter(
    (file) => (file === wanted.dir || file.startsWith(below)) && wanted.keep(file),
  )
  const output = programs.ripgrep ? await runRipgrep(files.root, wanted) : null
  return output === null ? walk(files, wanted, paths) : readEvents(output, new Set(paths))
}
