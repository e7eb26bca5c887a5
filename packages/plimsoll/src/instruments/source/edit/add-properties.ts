import type ts from 'typescript'
import type { Edit } from './open-edit.ts'
import { writeInStyle } from './write-in-style.ts'

/** Beyond it an object is written over several lines. */
const WIDEST = 100

const isOnOneLine = (text: string) => !text.includes('\n')

const spread = (edit: Edit, object: ts.ObjectLiteralExpression, added: readonly string[]) => {
  const base = edit.indentOf(object)
  const inner = `${base}${edit.style.indent}`
  const lines = [...object.properties.map((one) => edit.raw(one)), ...added].map((one) => `${inner}${one},`)
  const { eol } = edit.style
  edit.overwrite(object.getStart(edit.source), object.end, `{${eol}${lines.join(eol)}${eol}${base}}`)
}

const addLines = (edit: Edit, object: ts.ObjectLiteralExpression, added: readonly string[]) => {
  const last = object.properties.at(-1)
  if (last === undefined) return
  const { eol } = edit.style
  const base = edit.indentOf(last)
  const comma = object.properties.hasTrailingComma
  const lines = added.map((one) => `${eol}${base}${one}`).join(',')
  if (comma) edit.insert(edit.source.text.indexOf(',', last.end) + 1, `${lines},`)
  else edit.insert(last.end, `,${lines}`)
}

/**
 * Adds properties at the end of an object, in the shape that it has: on its line where they fit, else one a line.
 * @param properties text of each, our way: `httpOnly: true`
 */
export const addProperties = (
  edit: Edit,
  object: ts.ObjectLiteralExpression,
  properties: readonly string[],
): void => {
  const added = properties.map((one) =>
    writeInStyle(`({ ${one} })`, edit.style).replace(/^\(\{ | \}\);?$/g, ''),
  )
  const text = edit.raw(object)
  if (!isOnOneLine(text) && object.properties.length > 0) {
    addLines(edit, object, added)
    return
  }
  const inline = added.join(', ')
  const start = object.getStart(edit.source)
  const line = edit.source.text.slice(edit.source.text.lastIndexOf('\n', start) + 1).split('\n', 1)[0] ?? ''
  const isCommented = /\/[/*]/.test(text)
  if (line.length + inline.length + 2 > WIDEST && !isCommented) {
    spread(edit, object, added)
    return
  }
  const last = object.properties.at(-1)
  if (last === undefined) edit.overwrite(start, object.end, `{ ${inline} }`)
  else edit.insert(last.end, `, ${inline}`)
}
