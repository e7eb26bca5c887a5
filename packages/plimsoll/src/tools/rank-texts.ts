/** A text to be found: what stands in a field counts as often as its weight says. */
export type Ranked = { id: string; fields: readonly { text: string; weight: number; decides?: boolean }[] }

const FILLERS = new Set(
  'a an and are as at be by can do does for from get has have how i if in into is it its make me my need no not of on or our out same should so than that the their them then there this to up use used using want was we what when where which while who why will with without you your'.split(
    ' ',
  ),
)

const ENDINGS: readonly [RegExp, string][] = [
  [/ies$/, 'y'],
  [/(?<=[^s])s$/, ''],
  [/(?<=\w{3})(ing|ed|tion|ion)$/, ''],
  [/(?<=\w{3})e$/, ''],
]

const stemOf = (word: string) =>
  ENDINGS.reduce((left, [ending, instead]) => left.replace(ending, instead), word)

/** Words that say something, without their endings: `Retries` and `retrying` are one. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1 && !FILLERS.has(word))
    .map(stemOf)

type Counted = {
  id: string
  counts: ReadonlyMap<string, number>
  deciding: ReadonlySet<string>
  length: number
}

const count = ({ id, fields }: Ranked): Counted => {
  const counts = new Map<string, number>()
  const deciding = new Set<string>()
  for (const { text, weight, decides = false } of fields)
    for (const word of wordsOf(text)) {
      counts.set(word, (counts.get(word) ?? 0) + weight)
      if (decides) deciding.add(word)
    }
  return { id, counts, deciding, length: [...counts.values()].reduce((sum, each) => sum + each, 0) }
}

// The usual constants of BM25: how soon more of the same word stops to count, and how much length does.
const SATURATION = 1.2
const LENGTH = 0.5

/** A text that scores less than this share of the best is no answer to the same question. */
const NEAR = 0.2

/**
 * Texts that answer a query, best first, scored by BM25 over weighted fields. One that has no word of the query in a
 * field that decides is left out: words in passing are no answer.
 */
export const rankTexts = (
  texts: readonly Ranked[],
  query: string,
): readonly { id: string; score: number }[] => {
  const counted = texts.map(count)
  const average = counted.reduce((sum, { length }) => sum + length, 0) / Math.max(1, counted.length)
  const rarity = (word: string) => {
    const having = counted.filter(({ counts }) => counts.has(word)).length
    return Math.log(1 + (counted.length - having + 0.5) / (having + 0.5))
  }
  const wanted = [...new Set(wordsOf(query))].map((word) => ({ word, rarity: rarity(word) }))
  const scored = counted
    .filter(({ deciding }) => wanted.some(({ word }) => deciding.has(word)))
    .map(({ id, counts, length }) => {
      const slack = SATURATION * (1 - LENGTH + (LENGTH * length) / average)
      const parts = wanted.map(({ word, rarity: rare }) => {
        const found = counts.get(word) ?? 0
        return (rare * found * (SATURATION + 1)) / (found + slack)
      })
      return { id, score: parts.reduce((sum, each) => sum + each, 0) }
    })
    .toSorted((a, b) => b.score - a.score || a.id.localeCompare(b.id))
  return scored.filter(({ score }) => score >= (scored[0]?.score ?? 0) * NEAR)
}
