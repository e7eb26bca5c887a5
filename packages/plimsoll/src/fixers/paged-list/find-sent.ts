import ts from 'typescript'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import type { Project } from '../../instruments/source/project.ts'
import { findColumns } from '../find-columns.ts'
import { type FoundStatement, findStatements } from '../find-statements.ts'
import type { Sent } from './find-list.ts'
import { type Insertion, pageInsertions } from './write-page.ts'

/** A new line, as deep as the one at a position. */
const lineAt = (text: string, position: number) =>
  /\r?\n[ \t]*(?=[^\n]*$)/.exec(text.slice(0, position))?.[0] ?? '\n'

const LIMITED = '[page.limit + 1, page.offset]'

/** The statement with its two new values; false where its text or its values are put together. */
const limit = (edit: Edit, { text, call, values }: FoundStatement, insertions: readonly Insertion[]) => {
  const list = call.arguments[1]
  if (edit.raw(text).slice(1, -1) !== text.text || values.some(ts.isSpreadElement)) return false
  const start = text.getStart(edit.source) + 1
  const last = values.at(-1)
  for (const { at, text: added } of insertions)
    edit.insert(start + at, added.replace('\n', lineAt(edit.source.text, start + at)))
  if (list === undefined) {
    const given = call.arguments[0]
    const isSpread = /\n/.test(edit.source.text.slice(given?.end ?? 0, call.end - 1))
    const gap = given !== undefined && isSpread ? `${edit.style.eol}${edit.indentOf(given)}` : ' '
    if (given !== undefined) edit.insert(given.end, `,${gap}${LIMITED}`)
    return given !== undefined
  }
  if (!ts.isArrayLiteralExpression(list)) return false
  if (last !== undefined) edit.insert(last.end, `, ${LIMITED.slice(1, -1)}`)
  else edit.overwrite(list.getStart(edit.source), list.end, LIMITED)
  return true
}

/** The one place that sends a statement which is written out; null where a page of it cannot be asked for. */
export const findSent = (
  project: Project,
  sql: string,
  place: { file: string; line: number } | null,
): Sent | null => {
  const same = findStatements(project).filter((one) => one.sql === sql)
  const near = same.filter(({ file }) => file === place?.file)
  const [found, another] = near.length > 0 ? near : same
  if (found === undefined || another !== undefined) return null
  const insertions = pageInsertions(found.text.text, found.values.length, findColumns(project))
  if (insertions === null) return null
  const { file, call } = found
  return { file, call, isList: false, limit: (edit) => limit(edit, found, insertions) }
}
