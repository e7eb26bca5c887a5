export type Replaced =
  | { text: string; lines: readonly number[]; how: 'exact' | 'spaces' }
  | { problem: 'absent' | 'several' | 'same'; lines: readonly number[] }

const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length

const placesOf = (text: string, find: string): number[] => {
  const places: number[] = []
  for (let at = text.indexOf(find); at !== -1; at = text.indexOf(find, at + find.length)) places.push(at)
  return places
}

const replaceExact = (text: string, find: string, replace: string, all: boolean): Replaced | null => {
  const places = placesOf(text, find)
  const lines = places.map((at) => lineAt(text, at))
  if (places.length === 0) return null
  if (places.length > 1 && !all) return { problem: 'several', lines }
  return { text: text.split(find).join(replace), lines, how: 'exact' }
}

const indentOf = (line: string) => /^[ \t]*/.exec(line)?.[0] ?? ''

const firstFilled = (lines: readonly string[]) => lines.find((line) => line.trim() !== '') ?? ''

/** Moves the new lines as far as the old ones stand from what was asked for. */
const shift = (lines: readonly string[], from: string, to: string): string[] =>
  lines.map((line) =>
    line.trim() === '' ? line : line.startsWith(from) ? to + line.slice(from.length) : line,
  )

const withoutEmptyEnds = (text: string): string[] => text.replace(/^\n+|\n+$/g, '').split('\n')

/** The same lines but for the space at their ends and their beginning. */
const replaceLoosely = (text: string, find: string, replace: string): Replaced | null => {
  const wanted = withoutEmptyEnds(find)
  if (wanted.every((line) => line.trim() === '')) return null
  const lines = text.split('\n')
  const starts = lines.flatMap((_, at) =>
    wanted.every((line, offset) => lines[at + offset]?.trim() === line.trim()) ? [at] : [],
  )
  const [start] = starts
  if (start === undefined) return null
  if (starts.length > 1) return { problem: 'several', lines: starts.map((at) => at + 1) }
  const found = lines.slice(start, start + wanted.length)
  const fresh = shift(withoutEmptyEnds(replace), indentOf(firstFilled(wanted)), indentOf(firstFilled(found)))
  const after = [
    ...lines.slice(0, start),
    ...(replace.trim() === '' ? [] : fresh),
    ...lines.slice(start + wanted.length),
  ]
  return { text: after.join('\n'), lines: [start + 1], how: 'spaces' }
}

/** One text for another: exactly, or, where that is not there, by lines that differ only in white space. */
export const replaceText = (text: string, find: string, replace: string, all: boolean): Replaced => {
  if (find === replace) return { problem: 'same', lines: [] }
  const replaced = replaceExact(text, find, replace, all) ?? replaceLoosely(text, find, replace)
  return replaced ?? { problem: 'absent', lines: [] }
}
