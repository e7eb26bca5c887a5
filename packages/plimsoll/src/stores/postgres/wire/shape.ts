import { readTokens } from './tokens.ts'

const VALUE = '?'
const OPERAND_END = /[\w"?)\]]$/
const TIGHT = ',);'
const TAIL = /[;\s]/

/** A list of values counts as one value, whatever its length, and so do rows of the same form. */
const collapse = (text: string) =>
  text
    .replace(/\b(in|any|all) \(\?(?:, \?)+\)/g, '$1 (?)')
    .replace(/\barray\[\?(?:, \?)+\]/g, 'array[?]')
    .replace(/(\([^()]*\))(?:, \1)+/g, '$1')

const isSign = (out: string, last: string) =>
  (last === '-' || last === '+') && !OPERAND_END.test(out.slice(0, -1).trimEnd())

const withoutTail = (text: string): string => {
  let end = text.length
  while (end > 0 && TAIL.test(text[end - 1] ?? '')) end -= 1
  return text.slice(0, end)
}

/**
 * The text with literals, numbers and parameters masked as `?`, comments left out, white space folded, unquoted words
 * in lower case and lists of values as one: statements of equal shape are the same statement.
 */
export const shapeOf = (sql: string): string => {
  let out = ''
  let last = ''
  let spaced = false
  let lists = false

  const append = (text: string) => {
    const space = last !== '' && !TIGHT.includes(text) && (last === ',' || (spaced && last !== '('))
    out += space ? ` ${text}` : text
    last = text[text.length - 1] ?? last
    spaced = false
  }

  readTokens(sql, (kind, start, end) => {
    if (kind === 'space' || kind === 'comment') spaced = true
    else if (kind === 'word') append(sql.slice(start, end).toLowerCase())
    else if (kind === 'number' && isSign(out, last)) {
      out = out.slice(0, -1)
      last = ''
      spaced = false
      append(VALUE)
    } else if (kind === 'string' || kind === 'number' || kind === 'parameter') append(VALUE)
    else {
      const text = sql.slice(start, end)
      lists ||= text === ',' || text === ')'
      append(text)
    }
  })
  const text = withoutTail(out)
  return lists ? collapse(text) : text
}
