import MagicString from 'magic-string'
import ts from 'typescript'
import { type Style, styleOf } from './style.ts'
import { writeInStyle } from './write-in-style.ts'

export type Placed = {
  /** an empty line between the node and the code */
  gap?: boolean
  /** the code belongs to the body of a class */
  members?: boolean
}

/**
 * A file that is changed by ranges of its syntax tree: whatever is not touched stays as it is, to the letter.
 * Code is given our way (two spaces, single quotes, no semicolons) and written the way of the file.
 */
export type Edit = {
  readonly file: string
  readonly source: ts.SourceFile
  readonly style: Style
  /** lines of code below a statement (or a member), as deep as it is */
  after(node: ts.Node, code: string, placed?: Placed): void
  /** lines of code above it, and above the comments that stand directly over it */
  before(node: ts.Node, code: string, placed?: Placed): void
  /** code in place of a node; its lines after the first are as deep as the node's line */
  replace(node: ts.Node, code: string): void
  /** text as it is, at a position of the original */
  insert(position: number, text: string): void
  /** text as it is, in place of a range of the original */
  overwrite(from: number, to: number, text: string): void
  /** a whole statement with its line */
  remove(statement: ts.Node): void
  /** what the original has for a node */
  raw(node: ts.Node): string
  /** what a line begins with at which the node starts */
  indentOf(node: ts.Node): string
  text(): string
}

const lineStart = (text: string, position: number) => text.lastIndexOf('\n', position - 1) + 1

const lineEnd = (text: string, position: number) => {
  const end = text.indexOf('\n', position)
  const at = end === -1 ? text.length : end
  return text[at - 1] === '\r' ? at - 1 : at
}

/** Where a statement ends, with the comment that follows it on its line. */
const endOf = (source: ts.SourceFile, node: ts.Node): number => {
  const end = lineEnd(source.text, node.end)
  return /^\s*;?\s*(?:\/\/.*|\/\*.*\*\/\s*)?$/.test(source.text.slice(node.end, end)) ? end : node.end
}

/** Where a statement's line begins; comments that stand directly over it belong to it. */
const startOf = (source: ts.SourceFile, node: ts.Node): number => {
  const text = source.text
  let start = node.getStart(source)
  for (const { pos, end } of [...(ts.getLeadingCommentRanges(text, node.pos) ?? [])].reverse()) {
    const between = text.slice(end, start)
    const ownsLine = text.slice(lineStart(text, pos), pos).trim() === ''
    if (!ownsLine || /\n\s*\n/.test(between)) break
    start = pos
  }
  return lineStart(text, start)
}

export const openEdit = (source: ts.SourceFile): Edit => {
  const { text } = source
  const style = styleOf(source)
  const edit = new MagicString(text)
  const indentOf = (node: ts.Node) =>
    /^[ \t]*/.exec(text.slice(lineStart(text, node.getStart(source))))?.[0] ?? ''
  const write = (code: string, node: ts.Node, placed: Placed) =>
    writeInStyle(code, style, indentOf(node), placed.members ?? false)
  return {
    file: source.fileName,
    source,
    style,
    indentOf,
    raw: (node) => node.getText(source),
    after: (node, code, placed = {}) => {
      const end = endOf(source, node)
      const gap = placed.gap === true ? style.eol : ''
      const isFollowed = gap !== '' && /^\r?\n[ \t]*[^\s}]/.test(text.slice(end))
      edit.appendLeft(end, `${style.eol}${gap}${write(code, node, placed)}${isFollowed ? style.eol : ''}`)
    },
    before: (node, code, placed = {}) => {
      const gap = placed.gap === true ? style.eol : ''
      edit.appendLeft(startOf(source, node), `${write(code, node, placed)}${style.eol}${gap}`)
    },
    replace: (node, code) => {
      const base = indentOf(node)
      // A brace begins an object only where an expression is read.
      const written = ts.isExpression(node)
        ? writeInStyle(`(${code})`, style, base)
            .replace(/\);?$/, '')
            .slice(base.length + 1)
        : writeInStyle(code, style, base).slice(base.length)
      edit.overwrite(node.getStart(source), node.end, written)
    },
    insert: (position, added) => {
      edit.appendLeft(position, added)
    },
    overwrite: (from, to, added) => {
      edit.overwrite(from, to, added)
    },
    remove: (statement) => {
      const end = endOf(source, statement)
      const next = text.startsWith('\r\n', end) ? end + 2 : text[end] === '\n' ? end + 1 : end
      edit.remove(lineStart(text, statement.getStart(source)), next)
    },
    text: () => edit.toString(),
  }
}
