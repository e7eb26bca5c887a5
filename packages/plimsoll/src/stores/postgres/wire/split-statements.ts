import { tokens } from './tokens.ts'

const NESTS: Readonly<Record<string, number>> = { '(': 1, ')': -1 }

/** The statements of one simple query, as the server will count them: empty ones do not count. */
export const splitStatements = (sql: string): string[] => {
  const first = sql.indexOf(';')
  if (first === -1) return isBlank(sql) ? [] : [sql.trim()]
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
  for (const token of tokens(sql)) {
    if (token.kind === 'space' || token.kind === 'comment') continue
    const text = sql.slice(token.start, token.end).toLowerCase()
    if (token.kind === 'symbol') depth = Math.max(0, depth + (NESTS[text] ?? 0))
    if (token.kind === 'word') block = Math.max(0, block + blockStep(text, previous, block))
    previous = text
    if (token.kind === 'symbol' && text === ';' && depth === 0 && block === 0) {
      close(token.start)
      start = token.end
    } else {
      hasText = true
    }
  }
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

const isBlank = (sql: string): boolean => {
  for (const { kind } of tokens(sql)) if (kind !== 'space' && kind !== 'comment') return false
  return true
}
