/** A part of a statement, by its place in the text. */
type Clause = { start: number; end: number; text: string }

/** What a statement that is no compound is made of; null where it has no such part. */
export type Clauses = {
  verb: 'select' | 'update' | 'delete'
  /** the whole text, with everything inside parentheses, quotes and comments blanked out */
  mask: string
  /** columns of a select */
  list: Clause | null
  from: Clause | null
  where: Clause | null
  group: Clause | null
  order: Clause | null
  limit: Clause | null
  offset: Clause | null
  /** where it ends, without a semicolon */
  end: number
  /** where the rows are chosen no more: before LIMIT, OFFSET, FOR UPDATE, RETURNING, or the end */
  chosen: number
}

const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\//g

const blank = (text: string) => text.replace(/[^\n]/g, '~')

/** The text in which only the words of the outermost level are left, as long as it was. */
const maskOf = (sql: string): string => {
  let masked = sql.replace(QUOTED, blank)
  for (let before = ''; before !== masked; ) {
    before = masked
    masked = masked.replace(/\([^()]*\)/g, blank)
  }
  return masked
}

const COMPOUND = /\b(?:union|intersect|except|with|into|window|having|fetch)\b|;\s*\S|[()]/i
const WORDS = {
  list: 'select',
  from: 'from',
  where: 'where',
  group: 'group\\s+by',
  order: 'order\\s+by',
  limit: 'limit',
  offset: 'offset',
  lock: 'for\\s+(?:no\\s+key\\s+)?(?:update|share)',
  returning: 'returning',
} as const

type Word = keyof typeof WORDS

const ANY = new RegExp(`\\b(?:${Object.values(WORDS).join('|')})\\b`, 'gi')

const wordOf = (found: string): Word | null => {
  for (const word of [
    'list',
    'from',
    'where',
    'group',
    'order',
    'limit',
    'offset',
    'lock',
    'returning',
  ] as const)
    if (new RegExp(`^${WORDS[word]}$`, 'i').test(found)) return word
  return null
}

/**
 * The clauses of one plain statement. null for anything that is put together of several, which a change at one place
 * would not do justice to.
 */
export const readClauses = (sql: string): Clauses | null => {
  const mask = maskOf(sql)
  const verb = /^\s*(select|update|delete)\b/i.exec(mask)?.[1]?.toLowerCase()
  if ((verb !== 'select' && verb !== 'update' && verb !== 'delete') || COMPOUND.test(mask)) return null
  const end = mask.replace(/[\s;]+$/, '').length
  const words = [...mask.slice(0, end).matchAll(ANY)].flatMap(({ 0: text, index }) => {
    const word = wordOf(text)
    return word === null ? [] : [{ word, at: index, start: index + text.length }]
  })
  const clauses = new Map<Word, Clause>()
  for (const [index, { word, start }] of words.entries()) {
    if (clauses.has(word)) return null
    const until = words[index + 1]?.at ?? end
    const raw = sql.slice(start, until)
    const from = start + (raw.length - raw.trimStart().length)
    clauses.set(word, { start: from, end: from + raw.trim().length, text: raw.trim() })
  }
  const part = (word: Word) => clauses.get(word) ?? null
  const last = words.find(({ word }) => ['limit', 'offset', 'lock', 'returning'].includes(word))
  const chosen = last === undefined ? end : sql.slice(0, last.at).trimEnd().length
  return {
    ...{ verb, mask, end, chosen, list: part('list'), from: part('from'), where: part('where') },
    ...{ group: part('group'), order: part('order'), limit: part('limit'), offset: part('offset') },
  }
}

/** A text at its top-level commas. */
export const splitList = (text: string): string[] => {
  const mask = maskOf(text)
  const parts: string[] = []
  let start = 0
  for (const { index } of mask.matchAll(/,/g)) {
    parts.push(text.slice(start, index).trim())
    start = index + 1
  }
  return [...parts, text.slice(start).trim()]
}
