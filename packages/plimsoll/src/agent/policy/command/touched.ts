import type { Place } from '../policy.ts'
import { locate } from './locate.ts'
import type { Part } from './read-command.ts'
import { programOf, readPrograms } from './unwrap.ts'

/** A file that a command line names, and what would happen to it. */
export type Touch = { does: 'reads' | 'writes' | 'deletes'; path: string }

export type Read = {
  /** each program with its arguments, as one line; what is only known later is `…` */
  lines: readonly string[]
  touches: readonly Touch[]
  /** why it cannot be judged as it stands; null when it can */
  problem: string | null
}

const DELETES = new Set(['rm', 'rmdir', 'unlink', 'shred', 'srm', 'trash', 'rimraf', 'del'])
const WRITES = new Set([
  'tee',
  'touch',
  'truncate',
  'chmod',
  'chown',
  'chgrp',
  'mkfifo',
  'sponge',
  'ed',
  'ex',
  'patch',
])
/** Their last argument is written, the others are read. */
const COPIES = new Set(['cp', 'install', 'ln', 'rsync', 'scp'])
const UNKNOWN = '…'

const isOption = (word: string) => word.startsWith('-') && word !== '-'

/** `--file=x`, `@x`, `if=x` name a file behind a sign. */
const behindSign = (word: string): string[] => {
  const behind = /^(?:--?[\w-]+=@?|@|if=|--?[a-zA-Z]@)(.+)$/.exec(word)?.[1]
  return behind === undefined ? [] : [behind]
}

/** `git -C dir -c key=value reset` -> `git reset`, so that a rule need not know every option before the verb. */
const plainGit = (words: readonly (string | null)[]): readonly (string | null)[] => {
  let at = 1
  while (words[at]?.startsWith('-') === true)
    at += ['-C', '-c', '--git-dir', '--work-tree'].includes(words[at] ?? '') ? 2 : 1
  return ['git', ...words.slice(at)]
}

const lineOf = ({ words }: Part): string => {
  const program = programOf(words)
  const plain = program === 'git' ? plainGit(words) : [program || UNKNOWN, ...words.slice(1)]
  return plain.map((word) => word ?? UNKNOWN).join(' ')
}

/** `dir/*` is everything in `dir`, so that it is judged as `dir` itself. */
const wholeFolder = (path: string) =>
  path.replace(/(?:^|\/)(?:\*{1,2}|\.\*|\.\[!?\^?\.\]\*|\{\*,\.\*\})$/, '') ||
  (path.startsWith('/') ? '/' : '.')

const inPlace = (program: string, options: readonly string[]) =>
  (program === 'sed' && options.some((word) => /^(?:-[a-zA-Z]*i|--in-place)/.test(word))) ||
  (program === 'perl' && options.some((word) => /^-\w*i/.test(word)))

type Named = { does: Touch['does']; text: string | null }

const namedBy = ({ words }: Part): Named[] => {
  const plain = programOf(words) === 'git' ? plainGit(words) : words
  const program = programOf(plain)
  const known = plain.slice(1)
  const options = known.filter((word) => word !== null && isOption(word)).map((word) => word ?? '')
  const operands = known.filter((word) => word === null || !isOption(word))
  const signed = known.flatMap((word) => (word === null ? [] : behindSign(word)))
  const reads = [...operands, ...signed].map((text): Named => ({ does: 'reads', text }))
  const all = (does: Touch['does'], texts: readonly (string | null)[]) =>
    texts.map((text): Named => ({ does, text }))
  if (DELETES.has(program)) return all('deletes', operands)
  if (program === 'git' && plain[1] === 'rm') return all('deletes', operands.slice(1))
  if (program === 'git' && plain[1] === 'mv') return all('writes', operands.slice(1))
  if (program === 'find') {
    const roots = operands.slice(
      0,
      Math.max(
        1,
        known.findIndex((word) => word?.startsWith('-') === true),
      ),
    )
    return known.includes('-delete') ? all('deletes', roots) : reads
  }
  if (program === 'mv')
    return [...all('deletes', operands.slice(0, -1)), ...all('writes', operands.slice(-1))]
  if (program === 'dd')
    return [
      ...reads,
      ...all(
        'writes',
        operands.flatMap((word) => (word?.startsWith('of=') === true ? [word.slice(3)] : [])),
      ),
    ]
  if (COPIES.has(program)) return [...reads, ...all('writes', operands.slice(-1))]
  if (WRITES.has(program) || inPlace(program, options)) return all('writes', operands)
  return reads
}

/** A folder above the workspace or the home folder goes with all that is in it. */
const holdsWorkspace = (path: string, { root, home }: Place) =>
  path.startsWith('/') && [root, home].some((each) => `${each}/`.startsWith(path === '/' ? path : `${path}/`))

const isRecursive = ({ words }: Part) =>
  words.some((word) => word !== null && /^(?:-[a-zA-Z]*[rR][a-zA-Z]*|--recursive|-delete)$/.test(word))

/** What a line would run and touch, as far as can be told before it runs. */
export const readTouched = (line: string, place: Place): Read => {
  const { parts, problem } = readPrograms(line)
  const touches: Touch[] = []
  let dir: string | null = '.'
  let unclear = problem
  const add = (does: Touch['does'], text: string | null) => {
    if (text === null || (dir === null && !/^[/~]/.test(text))) {
      if (does !== 'reads') unclear ??= 'what it writes or deletes is only known once it runs'
      return
    }
    const path = locate(does === 'deletes' ? wholeFolder(text) : text, place, dir ?? '.')
    touches.push({ does, path: does === 'deletes' && holdsWorkspace(path, place) ? '.' : path })
  }
  for (const part of parts) {
    const program = programOf(part.words)
    for (const { does, text } of namedBy(part)) {
      if (text === null && does === 'deletes' && !isRecursive(part)) continue
      add(does, text)
    }
    for (const { writes, target } of part.redirects) add(writes ? 'writes' : 'reads', target)
    if (program === 'cd' || program === 'pushd') {
      const to = part.words[1]
      dir =
        to === undefined
          ? place.home
          : to === null || to === '-' || dir === null
            ? null
            : locate(to, place, dir)
    }
  }
  return { lines: parts.filter(({ words }) => words.length > 0).map(lineOf), touches, problem: unclear }
}
