const ENDINGS = ['ings', 'ing', 'ed', 'es', 's'] as const
const LEAST = 3

/** Words of no meaning that would come out like others: `them` is no theme. */
const UNSTEMMED: ReadonlySet<string> = new Set([
  'them',
  'then',
  'as',
  'does',
  'one',
  'ones',
  'being',
  'paging',
  'paged',
  'loading',
  'profiling',
  'carries',
  'typing',
  'timing',
  'timings',
  'posting',
  'spring',
  'settings',
  'string',
  'strings',
])

const withoutEnding = (word: string): string => {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ss|us|is)$/.test(word)) return word
  const ending = ENDINGS.find((each) => word.endsWith(each) && word.length - each.length >= LEAST)
  return ending === undefined ? word : word.slice(0, -ending.length)
}

/** What `caching`, `caches` and `cache` have in common. For comparing words only: it is no word itself. */
export const stem = (word: string): string => {
  if (UNSTEMMED.has(word)) return `${word}.`
  const plain = withoutEnding(word.toLowerCase())
  const single = plain.replace(/([bdgmnprt])\1$/, '$1')
  return single.length > LEAST ? single.replace(/e$/, '') : single
}

/** The words of a sentence: `c#`, `.env`, `node.js`, `ci/cd` and `p99` are one each. */
export const wordsOf = (sentence: string): string[] =>
  (sentence.toLowerCase().match(/[a-z0-9]*[#+.]?[a-z0-9][a-z0-9#+.]*/g) ?? []).map((word) =>
    word.replace(/[.]+$/, ''),
  )

export const stemsOf = (sentence: string): string[] => wordsOf(sentence).map(stem)
