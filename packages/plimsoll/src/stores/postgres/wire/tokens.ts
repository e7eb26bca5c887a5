export type TokenKind = 'space' | 'comment' | 'string' | 'name' | 'word' | 'number' | 'parameter' | 'symbol'

/** A piece of SQL text: from `start` up to, not including, `end`. */
export type SeeToken = (kind: TokenKind, start: number, end: number) => void

const SPACE = /\s+/y
const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy
const NUMBER =
  /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y
const PARAMETER = /\$\d+/y
const DOLLAR_TAG = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy

const SPACES = ' \t\n\v\f\r'
const DIGITS = '0123456789'
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

const ASCII = 128
const IS = { space: 1, digit: 2, opensWord: 4, goesOnWord: 8, prefix: 16 } as const

const traitsOf = (character: string): number =>
  (SPACES.includes(character) ? IS.space : 0) |
  (DIGITS.includes(character) ? IS.digit : 0) |
  (`${LETTERS}_`.includes(character) ? IS.opensWord : 0) |
  (`${LETTERS}${DIGITS}_$`.includes(character) ? IS.goesOnWord : 0) |
  ('eEbBxXnNuU'.includes(character) ? IS.prefix : 0)

/** By character code, because every byte of every statement with its values written into it comes past here. */
const TRAITS = Uint8Array.from({ length: ASCII }, (_, code) => traitsOf(String.fromCharCode(code)))

const matchEnd = (pattern: RegExp, sql: string, at: number): number => {
  pattern.lastIndex = at
  return pattern.test(sql) ? pattern.lastIndex : -1
}

const endOf = (trait: number, sql: string, start: number): number => {
  let at = start
  while (at < sql.length && ((TRAITS[sql.charCodeAt(at)] ?? 0) & trait) !== 0) at += 1
  return at
}

const isForeign = (sql: string, at: number) => at < sql.length && sql.charCodeAt(at) >= ASCII

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

const endOfLine = (sql: string, start: number): number => {
  const end = sql.indexOf('\n', start)
  return end === -1 ? sql.length : end
}

/** Where the quote of `E'…'`, `b'…'`, `U&'…'` and the like opens; -1 when it is no such string. */
const prefixedQuote = (sql: string, start: number): number => {
  const letter = sql[start]
  const at = letter === 'u' || letter === 'U' ? (sql[start + 1] === '&' ? start + 2 : -1) : start + 1
  return at !== -1 && sql[at] === "'" ? at : -1
}

const seeWord = (sql: string, start: number, prefix: boolean, see: SeeToken): number => {
  const quote = prefix ? prefixedQuote(sql, start) : -1
  if (quote !== -1) {
    const end = endOfQuoted(sql, quote, sql[start] === 'e' || sql[start] === 'E')
    see('string', start, end)
    return end
  }
  const plain = endOf(IS.goesOnWord, sql, start)
  const end = isForeign(sql, plain) ? matchEnd(WORD, sql, start) : plain
  see('word', start, end)
  return end
}

const seeNumber = (sql: string, start: number, see: SeeToken): number => {
  const plain = endOf(IS.digit, sql, start)
  const goesOn = plain === start || '._eExXoObB'.includes(sql[plain] ?? ' ')
  const end = goesOn ? matchEnd(NUMBER, sql, start) : plain
  see('number', start, end)
  return end
}

const seeDollar = (sql: string, start: number, see: SeeToken): number => {
  const body = matchEnd(DOLLAR_TAG, sql, start)
  if (body !== -1) {
    const tag = sql.slice(start, body)
    const close = sql.indexOf(tag, body)
    const end = close === -1 ? sql.length : close + tag.length
    see('string', start, end)
    return end
  }
  const end = matchEnd(PARAMETER, sql, start)
  see(end === -1 ? 'symbol' : 'parameter', start, end === -1 ? start + 1 : end)
  return end === -1 ? start + 1 : end
}

const seeForeign = (sql: string, start: number, see: SeeToken): number => {
  const space = matchEnd(SPACE, sql, start)
  const end = space === -1 ? matchEnd(WORD, sql, start) : space
  if (end === -1) see('symbol', start, start + 1)
  else see(space === -1 ? 'word' : 'space', start, end)
  return end === -1 ? start + 1 : end
}

const seeOther = (sql: string, start: number, see: SeeToken): number => {
  const [character, next] = [sql[start], sql[start + 1]]
  if (character === '$') return seeDollar(sql, start, see)
  if (character === '.' && next !== undefined && DIGITS.includes(next)) return seeNumber(sql, start, see)
  let kind: TokenKind = 'symbol'
  let end = start + 1
  if (character === "'" || character === '"') {
    kind = character === '"' ? 'name' : 'string'
    end = endOfQuoted(sql, start, false)
  } else if ((character === '/' && next === '*') || (character === '-' && next === '-')) {
    kind = 'comment'
    end = character === '/' ? endOfComment(sql, start) : endOfLine(sql, start)
  }
  see(kind, start, end)
  return end
}

/** PostgreSQL's lexical structure, as far as telling literals, names and separators apart needs it. Never throws. */
export const readTokens = (sql: string, see: SeeToken): void => {
  for (let at = 0; at < sql.length; ) {
    const traits = TRAITS[sql.charCodeAt(at)]
    if (traits === undefined) at = seeForeign(sql, at, see)
    else if ((traits & IS.space) !== 0) {
      const end = endOf(IS.space, sql, at)
      see('space', at, end)
      at = end
    } else if ((traits & IS.opensWord) !== 0) at = seeWord(sql, at, (traits & IS.prefix) !== 0, see)
    else if ((traits & IS.digit) !== 0) at = seeNumber(sql, at, see)
    else at = seeOther(sql, at, see)
  }
}
