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

type Shift = { lacking: string; excess: string }

/** By how much a line of the hunk is off; null for an empty one. */
const shiftOf = (said: string, real: string): Shift | null => {
  if (said.trim() === '') return null
  const by = indentOf(real).length - indentOf(said).length
  return {
    lacking: indentOf(real).slice(0, Math.max(0, by)),
    excess: indentOf(said).slice(0, Math.max(0, -by)),
  }
}

const shifted = (text: string, { lacking, excess }: Shift): string => {
  if (text.trim() === '') return text
  return lacking + (text.startsWith(excess) ? text.slice(excess.length) : text.trimStart())
}

/** Puts one hunk in; lines of context stay as the file has them, and added ones are as deep as their neighbour there. */
const insert = (lines: readonly string[], { lines: changes }: Hunk, at: number): string[] => {
  const middle: string[] = []
  const old = changes.filter(({ kind }) => kind !== '+')
  const shifts = old.map(({ text }, offset) => shiftOf(text, lines[at + offset] ?? ''))
  let shift = shifts.find((one) => one !== null) ?? { lacking: '', excess: '' }
  let seen = 0
  for (const { kind, text } of changes) {
    if (kind === '+') {
      middle.push(shifted(text, shift))
      continue
    }
    if (kind === ' ') middle.push(lines[at + seen] ?? text)
    shift = shifts[seen] ?? shift
    seen += 1
  }
  return [...lines.slice(0, at), ...middle, ...lines.slice(at + seen)]
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
    lines = insert(lines, hunk, found.at)
    from = found.at + added
    drift += lines.length - count
    if (found.isLoose) loose.push(found.at + 1)
  }
  return { text: lines.join('\n'), loosely: loose }
}
