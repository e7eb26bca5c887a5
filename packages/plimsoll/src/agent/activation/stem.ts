const ENDINGS = ['ings', 'ing', 'ed', 'es', 's'] as const
const LEAST = 3

/** Words of no meaning that would come out like others: `them` is no theme. */
const UNSTEMMED: ReadonlySet<string> = new Set([
  'them',
  'numbers',
  'figures',
  'https',
  'redos',
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

const FORM = /(?:ing|ed)s?$/
const E_OR_NOT = /(?:ing|ed|[xzsh]es)$/

/**
 * Whether a word of one stem with one that is listed may be that word: `clicking` is of `click`, but `find` is of no
 * `finding`, `core` of no `cors` and `local` of no `locale`.
 */
export const isFormOf = (word: string, listed: string): boolean => {
  const form = FORM.exec(listed)?.[0].slice(0, 2)
  if (form !== undefined) return FORM.exec(word)?.[0].slice(0, 2) === form
  if (E_OR_NOT.test(word) || E_OR_NOT.test(listed)) return true
  return /es?$/.test(word) === /es?$/.test(listed)
}

const PREFIX = /^(?:re|un|mis|non)(?=[a-z]{4})/
const SUFFIX =
  /(?:isations?|izations?|ations?|itions?|ions?|ments?|ably|ibly|ables?|ibles?|ness|ingly|edly|fully|ful|less|ers?|ors?|ally|ly|ity|ive|al|ish)$/

/** What a word that is built of another is built of: `hideable` of `hide`, `unstyled` of `style`. The likeliest first. */
export const rootsOf = (word: string): string[] => {
  const plain = word.toLowerCase()
  const inner = plain.replace(PREFIX, '')
  return [inner, plain.replace(SUFFIX, ''), inner.replace(SUFFIX, '')].filter(
    (root) => root.length >= LEAST + 1 && root !== plain,
  )
}
