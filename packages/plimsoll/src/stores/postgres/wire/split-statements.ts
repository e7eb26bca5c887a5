import { readTokens } from './tokens.ts'

const NESTS: Readonly<Record<string, number>> = { '(': 1, ')': -1 }

/** One statement that begins with a word, and in which no semicolon can hide from the server. */
const SINGLE = /^\s*[a-z][^;'"$]*;?\s*$/i
const COMMENT = /--|\/\*/

/** The statements of one simple query, as the server will count them: empty ones do not count. */
export const splitStatements = (sql: string): string[] => {
  if (SINGLE.test(sql) && !COMMENT.test(sql)) {
    const text = sql.trim()
    return [text.endsWith(';') ? text.slice(0, -1).trimEnd() : text]
  }
  return splitByTokens(sql)
}

const splitByTokens = (sql: string): string[] => {
  const statements: string[] = []
  let start = 0
  let depth = 0
  let block = 0
  let previous = ''
  let hasText = false
  const close = (end: number) => {
    if (hasText) statements.push(sql.slice(start, end).trim())
    hasText = false
    block = 0
  }
  readTokens(sql, (kind, from, to) => {
    if (kind === 'space' || kind === 'comment') return
    const text = sql.slice(from, to).toLowerCase()
    if (kind === 'symbol') depth = Math.max(0, depth + (NESTS[text] ?? 0))
    if (kind === 'word') block = Math.max(0, block + blockStep(text, previous, block))
    previous = text
    if (kind === 'symbol' && text === ';' && depth === 0 && block === 0) {
      close(from)
      start = to
    } else {
      hasText = true
    }
  })
  close(sql.length)
  return statements
}

/** Semicolons between BEGIN ATOMIC and its END are part of a function's body. */
const blockStep = (word: string, previous: string, block: number): number => {
  if (word === 'atomic' && previous === 'begin') return 1
  if (block === 0) return 0
  if (word === 'case') return 1
  return word === 'end' ? -1 : 0
}
