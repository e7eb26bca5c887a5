import { distance } from '../../base/text/nearest.ts'
import { cutLine } from '../cut.ts'

const MOST_LINES_COMPARED = 5_000

/** The line that is most like the first one that was looked for; null where none is. */
const likeliest = (text: string, find: string): number | null => {
  const wanted =
    find
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim()
      .slice(0, 120) ?? ''
  let best: { at: number; edits: number } | null = null
  for (const [at, line] of text.split('\n').slice(0, MOST_LINES_COMPARED).entries()) {
    const candidate = line.trim().slice(0, 120)
    if (Math.abs(candidate.length - wanted.length) > wanted.length / 3) continue
    const edits = distance(candidate, wanted)
    if (edits <= wanted.length / 3 && (best === null || edits < best.edits)) best = { at, edits }
  }
  return best?.at ?? null
}

/** What stands there instead, so that the next try can be right without reading the file again. */
export const tellAbsentText = (place: string, text: string, find: string): string => {
  const at = likeliest(text, find)
  if (at === null) return `That text is not in ${place}. Read the file, and copy the lines exactly.`
  const shown = text
    .split('\n')
    .slice(at, at + Math.min(8, find.split('\n').length + 1))
    .map((line, offset) => `${String(at + 1 + offset).padStart(5)}  ${cutLine(line, 200)}`)
  return [`That text is not in ${place}. The nearest is at line ${at + 1}:`, ...shown].join('\n')
}

/** Where it stands, when once was meant. */
export const tellSeveral = (place: string, lines: readonly number[]): string =>
  `That text stands ${lines.length} times in ${place}, at lines ${lines.slice(0, 12).join(', ')}. Add lines around it until it is unique, or give all: true.`
