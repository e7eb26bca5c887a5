import {
  BARE_URLS,
  FOREIGN_WORDS,
  NOT_A_PART,
  PARTS,
  type Part,
  PEOPLE,
  QUALIFIERS,
  STORE_WORDS,
} from './words.ts'

/** What a variable's name says: the part it holds, and the words that it shares with its siblings. */
export type Reading = { part: Part; group: string }

const PHRASES: { words: readonly string[]; part: Part }[] = Object.entries(PARTS)
  .flatMap(([part, phrases]) => phrases.map((phrase) => ({ part, words: phrase.split(' ') })))
  .filter((entry): entry is { part: Part; words: string[] } => entry.part in PARTS)
  .sort((one, other) => other.words.length - one.words.length)

const SINGLE_WORDS = new Set(
  PHRASES.filter((phrase) => phrase.words.length === 1).map(({ words }) => words[0]),
)

/** `PGHOST` is two words without a gap. */
const unfuse = (word: string): string[] => {
  if (STORE_WORDS.has(word) || SINGLE_WORDS.has(word)) return [word]
  for (const store of STORE_WORDS) {
    const rest = word.slice(store.length)
    if (word.startsWith(store) && SINGLE_WORDS.has(rest)) return [store, rest]
  }
  return [word]
}

/** `dbHost`, `DB_HOST`, `db.host`, `PGHOST` and `DB1_HOST_2` all become DB HOST. */
const splitName = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .map((word) => (/^(S3|NEO4J)$/.test(word) ? word : word.replace(/\d+$/, '')))
    .filter((word) => word !== '')
    .flatMap(unfuse)

const endsWith = (words: readonly string[], end: readonly string[]) =>
  end.length <= words.length && end.every((word, index) => words[words.length - end.length + index] === word)

const stripEnd = (words: readonly string[], may: (word: string) => boolean): string[] => {
  const left = [...words]
  while (left.length > 0 && may(left[left.length - 1] ?? '')) left.pop()
  return left
}

const isForeign = (words: readonly string[]) =>
  words.some((word, index) => FOREIGN_WORDS.has(word) || (word === 'SQL' && words[index + 1] === 'SERVER'))

const readWords = (words: readonly string[]): Reading | null => {
  for (const phrase of PHRASES) {
    if (!endsWith(words, phrase.words)) continue
    const before = words.slice(0, words.length - phrase.words.length)
    const personal = phrase.part === 'user' || phrase.part === 'password'
    const owner = stripEnd(before, (word) => QUALIFIERS.has(word) || (personal && PEOPLE.has(word)))
    if (STORE_WORDS.has(owner[owner.length - 1] ?? '')) return { part: phrase.part, group: before.join(' ') }
  }
  return null
}

/** Null when the name says nothing of a SQL store, or speaks of another dependency. */
export const readName = (name: string): Reading | null => {
  const all = splitName(name)
  if (isForeign(all) || NOT_A_PART.some((phrase) => endsWith(all, phrase.split(' ')))) return null
  if (BARE_URLS.has(all.join(' '))) return { part: 'url', group: '' }
  const core = stripEnd(all, (word) => QUALIFIERS.has(word))
  return readWords(all) ?? readWords(core)
}
