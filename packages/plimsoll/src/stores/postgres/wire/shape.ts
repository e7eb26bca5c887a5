import { tokens } from './tokens.ts'

const VALUE = '?'
const OPERAND_END = /[\w"?)\]]$/
const SIGNED = /[-+]$/

/** A list of values counts as one value, whatever its length, and so do rows of the same form. */
const collapse = (text: string) =>
  text
    .replace(/\b(in|any|all) \(\?(?:, \?)+\)/g, '$1 (?)')
    .replace(/\barray\[\?(?:, \?)+\]/g, 'array[?]')
    .replace(/(\([^()]*\))(?:, \1)+/g, '$1')

const isSign = (out: string) => SIGNED.test(out) && !OPERAND_END.test(out.slice(0, -1).trimEnd())

const append = (out: string, text: string, spaced: boolean): string => {
  if (out === '') return text
  if (text === ',' || text === ')' || text === ';') return out + text
  const space = out.endsWith(',') || (spaced && !out.endsWith('('))
  return space ? `${out} ${text}` : out + text
}

/**
 * The text with literals, numbers and parameters masked as `?`, comments left out, white space folded, unquoted words
 * in lower case and lists of values as one: statements of equal shape are the same statement.
 */
export const shapeOf = (sql: string): string => {
  let out = ''
  let spaced = false
  for (const { kind, start, end } of tokens(sql)) {
    if (kind === 'space' || kind === 'comment') {
      spaced = true
      continue
    }
    const text = sql.slice(start, end)
    if (kind === 'number' && isSign(out)) {
      out = out.slice(0, -1) + VALUE
    } else if (kind === 'string' || kind === 'number' || kind === 'parameter') {
      out = append(out, VALUE, spaced)
    } else {
      out = append(out, kind === 'word' ? text.toLowerCase() : text, spaced)
    }
    spaced = false
  }
  return collapse(out.replace(/[;\s]+$/, ''))
}
