import type { Literal } from './literal.ts'
import { HOLE, looksLikeSql } from './sql-text.ts'

const QUOTED = /("""|''')([\s\S]*?)\1|`([^`]*)`|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/g
/** Texts that follow each other so are one: `"SELECT a " + "FROM b"`, or on two lines in parentheses. */
const BETWEEN = /^[\s+.\\]*f?r?$/
/** `{name}` of an f-string, `#{name}` of Ruby, `${name}` of others. */
const COMPUTED = /[#$]?\{[^{}]*\}/g

const lineAt = (text: string, at: number) => text.slice(0, at).split('\n').length

/** Quoted texts of a file in any language that may be SQL. */
export const textLiterals = (file: string, text: string): Literal[] => {
  const pieces: { from: number; to: number; text: string }[] = []
  for (const match of text.matchAll(QUOTED)) {
    const content = match[2] ?? match[3] ?? match[4] ?? match[5] ?? ''
    const to = match.index + match[0].length
    const before = pieces.at(-1)
    if (before !== undefined && BETWEEN.test(text.slice(before.to, match.index))) {
      before.text += content
      before.to = to
    } else pieces.push({ from: match.index, to, text: content })
  }
  return pieces
    .filter((piece) => looksLikeSql(piece.text))
    .map((piece) => ({
      file,
      line: lineAt(text, piece.from),
      text: piece.text.replace(/\\[nrt]/g, ' ').replace(COMPUTED, HOLE),
    }))
}

/** Statements of a file that holds nothing but SQL. */
export const sqlLiterals = (file: string, text: string): Literal[] => {
  let at = 0
  return text.split(';').flatMap((statement) => {
    const from = at + (/^(?:\s|--[^\n]*\n)*/.exec(statement)?.[0].length ?? 0)
    at += statement.length + 1
    return looksLikeSql(statement) ? [{ file, line: lineAt(text, from), text: statement }] : []
  })
}
