export type TokenKind = 'space' | 'comment' | 'string' | 'name' | 'word' | 'number' | 'parameter' | 'symbol'

/** A piece of SQL text: from `start` up to, not including, `end`. */
export type Token = { kind: TokenKind; start: number; end: number }

const SPACE = /\s+/y
const LINE_COMMENT = /--[^\n]*/y
const PREFIXED = /(?:[eE]|[bBxXnN]|[uU]&)(?=')/y
const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy
const NUMBER =
  /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y
const PARAMETER = /\$\d+/y
const DOLLAR_TAG = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy

const matchEnd = (pattern: RegExp, sql: string, at: number): number => {
  pattern.lastIndex = at
  return pattern.test(sql) ? pattern.lastIndex : -1
}

const endOfQuoted = (sql: string, open: number, escapes: boolean): number => {
  const quote = sql[open]
  for (let at = open + 1; at < sql.length; at += 1) {
    if (escapes && sql[at] === '\\') at += 1
    else if (sql[at] === quote) {
      if (sql[at + 1] !== quote) return at + 1
      at += 1
    }
  }
  return sql.length
}

const endOfComment = (sql: string, open: number): number => {
  let depth = 0
  for (let at = open; at < sql.length; at += 1) {
    if (sql.startsWith('/*', at)) {
      depth += 1
      at += 1
    } else if (sql.startsWith('*/', at)) {
      depth -= 1
      at += 1
      if (depth === 0) return at + 1
    }
  }
  return sql.length
}

const endOfDollarQuoted = (sql: string, open: number, bodyStart: number): number => {
  const tag = sql.slice(open, bodyStart)
  const close = sql.indexOf(tag, bodyStart)
  return close === -1 ? sql.length : close + tag.length
}

const first = (...tries: (() => Token | null)[]): Token | null => {
  for (const attempt of tries) {
    const token = attempt()
    if (token) return token
  }
  return null
}

const nextToken = (sql: string, start: number): Token => {
  const by = (kind: TokenKind, pattern: RegExp) => () => {
    const end = matchEnd(pattern, sql, start)
    return end === -1 ? null : { kind, start, end }
  }
  const character = sql[start]
  if (character === "'") return { kind: 'string', start, end: endOfQuoted(sql, start, false) }
  if (character === '"') return { kind: 'name', start, end: endOfQuoted(sql, start, false) }
  if (sql.startsWith('/*', start)) return { kind: 'comment', start, end: endOfComment(sql, start) }
  const prefix = matchEnd(PREFIXED, sql, start)
  if (prefix !== -1) {
    const escapes = character === 'e' || character === 'E'
    return { kind: 'string', start, end: endOfQuoted(sql, prefix, escapes) }
  }
  const tag = character === '$' ? matchEnd(DOLLAR_TAG, sql, start) : -1
  if (tag !== -1) return { kind: 'string', start, end: endOfDollarQuoted(sql, start, tag) }
  const found = first(
    by('space', SPACE),
    by('word', WORD),
    by('number', NUMBER),
    by('parameter', PARAMETER),
    by('comment', LINE_COMMENT),
  )
  return found ?? { kind: 'symbol', start, end: start + 1 }
}

/** PostgreSQL's lexical structure, as far as telling literals, names and separators apart needs it. Never throws. */
export function* tokens(sql: string): Generator<Token> {
  for (let at = 0; at < sql.length; ) {
    const token = nextToken(sql, at)
    yield token
    at = token.end
  }
}
