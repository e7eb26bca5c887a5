import MagicString from 'magic-string'
import ts from 'typescript'
import { nodesOf } from '../script-nodes.ts'
import { isEnded, type Style } from './style.ts'

const OUR_INDENT = /^(?: {2})*/

const reindent = (line: string, base: string, indent: string) => {
  const lead = OUR_INDENT.exec(line)?.[0] ?? ''
  return line.trim() === '' ? '' : `${base}${indent.repeat(lead.length / 2)}${line.slice(lead.length)}`
}

/** A class body is read inside of a class. */
const WRAPPED = { before: 'class A {\n', after: '\n}' }

/**
 * Code that is written our way (two spaces, single quotes, no semicolons) the way the file has it.
 * @param base what each line begins with
 * @param members the code is of a class's body
 */
export const writeInStyle = (code: string, style: Style, base = '', members = false): string => {
  const { before, after } = members ? WRAPPED : { before: '', after: '' }
  const whole = `${before}${code}${after}`
  const source = ts.createSourceFile('code.ts', whole, ts.ScriptTarget.Latest, true)
  const edit = new MagicString(whole)
  const nodes = [...nodesOf(source)]
  for (const node of nodes)
    if (ts.isStringLiteral(node) && style.quote === '"' && !/["'\\]/.test(node.text))
      edit.overwrite(node.getStart(source), node.end, `"${node.text}"`)
  // After the quotes: what is appended to a literal would go with it.
  for (const node of nodes)
    if (style.semicolons && isEnded(node) && whole[node.end - 1] !== ';') edit.appendLeft(node.end, ';')
  const text = edit.toString()
  const lines = text.slice(before.length, text.length - after.length).split('\n')
  return lines.map((line) => reindent(line, base, style.indent)).join(style.eol)
}
