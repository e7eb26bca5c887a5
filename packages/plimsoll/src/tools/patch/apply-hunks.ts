import type { Hunk } from './parse-patch.ts'

/** `loosely`: lines, counted from 1, at which a hunk fitted only without regard to white space */
export type Applied = { text: string; loosely: number[] } | { problem: string }

type Equal = (a: string, b: string) => boolean
const exactly: Equal = (a, b) => a === b
const loosely: Equal = (a, b) => a.trim() === b.trim()

const oldLines = ({ lines }: Hunk) => lines.filter(({ kind }) => kind !== '+').map(({ text }) => text)

const placesOf = (lines: readonly string[], wanted: readonly string[], from: number, equal: Equal) =>
  lines.flatMap((_, at) =>
    at >= from && wanted.every((line, offset) => equal(lines[at + offset] ?? '\0', line)) ? [at] : [],
  )

const nearestTo = (places: readonly number[], stated: number) =>
  places.toSorted((a, b) => Math.abs(a - stated) - Math.abs(b - stated))[0]

type Found = { at: number; isLoose: boolean }

/** Where a hunk fits: as it says, or at the place nearest to that; a text says why nowhere. */
const findPlace = (lines: readonly string[], hunk: Hunk, from: number, drift: number): Found | string => {
  const wanted = oldLines(hunk)
  const stated = hunk.line - 1 + drift
  if (wanted.length === 0) {
    // A hunk without lines of the old file names the line that it comes after.
    return { at: Math.min(hunk.line + drift, lines.length - (lines.at(-1) === '' ? 1 : 0)), isLoose: false }
  }
  for (const [equal, isLoose] of [
    [exactly, false],
    [loosely, true],
  ] as const) {
    const places = placesOf(lines, wanted, from, equal)
    if (places.length > 1 && hunk.line === 0)
      return `fits at lines ${places
        .slice(0, 8)
        .map((at) => at + 1)
        .join(', ')}: give line numbers or more lines around it`
    const at = nearestTo(places, stated)
    if (at !== undefined) return { at, isLoose }
  }
  const missing = wanted.find((line) => line.trim() !== '' && !lines.some((one) => loosely(one, line)))
  return missing === undefined
    ? 'does not fit: its lines do not stand together in the file'
    : `does not fit: the file has no line "${missing.trim().slice(0, 120)}"`
}

const indentOf = (line: string) => /^[ \t]*/.exec(line)?.[0] ?? ''

/** Brings an added line to the depth of the file, where all lines of the hunk are off by the same. */
const reindent = (
  lines: readonly string[],
  wanted: readonly string[],
  at: number,
): ((text: string) => string) => {
  const pairs = wanted.flatMap((line, offset) =>
    line.trim() === '' ? [] : [{ said: indentOf(line), real: indentOf(lines[at + offset] ?? '') }],
  )
  const [first] = pairs
  if (first === undefined) return (text) => text
  const lacking = first.real.slice(0, Math.max(0, first.real.length - first.said.length))
  const excess = first.said.slice(0, Math.max(0, first.said.length - first.real.length))
  const isSame = pairs.every(({ said, real }) => lacking + said === excess + real)
  if (!isSame) return (text) => text
  return (text) => {
    if (text.trim() === '') return text
    return lacking + (text.startsWith(excess) ? text.slice(excess.length) : text.trimStart())
  }
}

/** Puts one hunk in; lines of context stay as the file has them. */
const insert = (
  lines: readonly string[],
  { lines: changes }: Hunk,
  at: number,
  toDepth: (text: string) => string,
): string[] => {
  const middle: string[] = []
  let old = at
  for (const { kind, text } of changes) {
    if (kind === '+') middle.push(toDepth(text))
    else {
      if (kind === ' ') middle.push(lines[old] ?? text)
      old += 1
    }
  }
  return [...lines.slice(0, at), ...middle, ...lines.slice(old)]
}

/** All hunks of one file, in their order. */
export const applyHunks = (before: string, hunks: readonly Hunk[]): Applied => {
  let lines = before.split('\n')
  let from = 0
  let drift = 0
  const loose: number[] = []
  for (const [index, hunk] of hunks.entries()) {
    const found = findPlace(lines, hunk, from, drift)
    if (typeof found === 'string') return { problem: `hunk ${index + 1} of ${hunks.length} ${found}` }
    const count = lines.length
    const added = hunk.lines.filter(({ kind }) => kind !== '-').length
    lines = insert(lines, hunk, found.at, reindent(lines, oldLines(hunk), found.at))
    from = found.at + added
    drift += lines.length - count
    if (found.isLoose) loose.push(found.at + 1)
  }
  return { text: lines.join('\n'), loosely: loose }
}
