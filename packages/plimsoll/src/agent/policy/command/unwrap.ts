import { type Part, readCommand } from './read-command.ts'

type Words = Part['words']

/** Programs that run the rest of their line, and which of their own options take a value. */
const WRAPPERS: Readonly<Record<string, { valued: readonly string[]; first?: number }>> = {
  sudo: { valued: ['-u', '-g', '-h', '-p', '-C', '-T', '-D', '-R', '--user', '--group', '--chdir'] },
  doas: { valued: ['-u', '-C'] },
  env: { valued: ['-u', '-C', '--unset', '--chdir'] },
  nohup: { valued: [] },
  setsid: { valued: [] },
  time: { valued: ['-o', '-f'] },
  nice: { valued: ['-n'] },
  ionice: { valued: ['-c', '-n', '-p'] },
  stdbuf: { valued: ['-i', '-o', '-e'] },
  timeout: { valued: ['-k', '-s', '--signal', '--kill-after'], first: 1 },
  command: { valued: [] },
  builtin: { valued: [] },
  exec: { valued: ['-a'] },
  xargs: { valued: ['-I', '-i', '-n', '-P', '-L', '-d', '-E', '-s', '-a'] },
  busybox: { valued: [] },
  watch: { valued: ['-n', '-d'] },
  chroot: { valued: [], first: 1 },
  'cross-env': { valued: [] },
  dotenv: { valued: ['-e', '-f'] },
}

const SHELLS = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash'])
const EXECUTES = new Set(['-exec', '-execdir', '-ok', '-okdir'])
const DEEPEST = 8

export const programOf = (words: Words): string => (words[0] ?? '').split('/').at(-1) ?? ''

const isAssignment = (word: string | null) => word !== null && /^[A-Za-z_]\w*=/.test(word)

/** What a wrapper runs: its own options, their values and assignments passed over. */
const restOf = (
  words: Words,
  { valued, first = 0 }: { valued: readonly string[]; first?: number },
): Words => {
  let at = 1
  let skipped = 0
  for (; at < words.length; at += 1) {
    const word = words[at] ?? null
    if (word === '--') continue
    if (word?.startsWith('-') === true) {
      if (valued.includes(word)) at += 1
    } else if (isAssignment(word)) continue
    else if (skipped < first) skipped += 1
    else break
  }
  return words.slice(at)
}

type Inner = { programs: Words[]; lines: (string | null)[] }

const ofShell = (words: Words): Inner => {
  const at = words.findIndex((word, index) => index > 0 && /^-[a-z]*c[a-z]*$/i.test(word ?? ''))
  return { programs: [], lines: at < 0 ? [] : [words[at + 1] ?? null] }
}

const ofFind = (words: Words): Inner => {
  const programs = words.flatMap((word, index) => {
    if (!EXECUTES.has(word ?? '')) return []
    const rest = words.slice(index + 1)
    const end = rest.findIndex((each) => each === ';' || each === '+')
    return [rest.slice(0, end < 0 ? undefined : end).map((each) => (each === '{}' ? null : each))]
  })
  return { programs, lines: [] }
}

/** Programs and lines that the program named first runs in its turn. */
const innerOf = (words: Words): Inner => {
  const program = programOf(words)
  if (SHELLS.has(program)) return ofShell(words)
  if (program === 'find' || program === 'fd') return ofFind(words)
  if (program === 'eval') {
    const rest = words.slice(1)
    return { programs: [], lines: [rest.includes(null) ? null : rest.join(' ')] }
  }
  const wrapper = WRAPPERS[program]
  if (wrapper === undefined) return { programs: [], lines: [] }
  const rest = restOf(words, wrapper)
  const given = program === 'xargs' ? [...rest, null] : rest
  return { programs: rest.length === 0 ? [] : [given], lines: [] }
}

/** Every program that a line runs as far as it can be read: also through `sh -c`, `xargs`, `find -exec`, `env`, … */
export const readPrograms = (line: string, depth = 0): { parts: Part[]; problem: string | null } => {
  if (depth > DEEPEST) return { parts: [], problem: 'it is nested too deeply' }
  const { parts, problem } = readCommand(line)
  const found: { parts: Part[]; problem: string | null } = { parts: [], problem }
  const add = (part: Part, level: number): void => {
    found.parts.push(part)
    const inner = innerOf(part.words)
    for (const words of inner.programs) {
      if (words[0] === null) found.problem ??= 'which program it runs is only known once it runs'
      if (level < DEEPEST) add({ words, redirects: [] }, level + 1)
    }
    for (const text of inner.lines) {
      const read =
        text === null
          ? { parts: [], problem: 'it runs a text that is only known once it runs' }
          : readPrograms(text, depth + 1)
      found.parts.push(...read.parts)
      found.problem ??= read.problem
    }
  }
  for (const part of parts) {
    if (part.words.length > 0 && part.words[0] === null)
      found.problem ??= 'which program it runs is only known once it runs'
    add(part, 0)
  }
  return found
}
