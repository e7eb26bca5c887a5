import ts from 'typescript'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import type { FoundStatement } from '../find-statements.ts'
import { freeName } from '../free-name.ts'
import type { AskEach } from './ask-each.ts'
import type { ForAll } from './ask-for-all.ts'
import { isOfRow, type Loop } from './find-loop.ts'
import { type Place, placeOf } from './place-of.ts'

type Shown = { isWhole: boolean; typed: boolean }

/** A group as code: the rows of one key, without what was added to tell them apart. */
const rowsOf = (own: string, { key: column, isAdded }: ForAll, { isWhole, typed }: Shown) => {
  const rows = typed ? `(${own} ?? [])` : own
  return isAdded && isWhole ? `${rows}.map(({ ${column}: _, ...row }) => row)` : rows
}

const put = (edit: Edit, { node, pattern, write }: Place, rows: string) => {
  if (pattern !== undefined)
    edit.overwrite(pattern.node.getStart(edit.source), pattern.node.end, pattern.name)
  const isPart = ts.isPropertyAccessExpression(node.parent) || ts.isElementAccessExpression(node.parent)
  edit.replace(node, isPart && rows.includes(' ?? ') ? `(${write(rows)})` : write(rows))
}

/** The values of the statement, with a list in place of what each row has for itself. */
const listsOf = (edit: Edit, { values }: FoundStatement, { list, item }: Loop) =>
  values
    .map((value) => (isOfRow(value, item) ? `${list}.map((${item}) => ${edit.raw(value)})` : edit.raw(value)))
    .join(', ')

const namesIn = (edit: Edit) => ({
  result: freeName(edit.source, 'found', 'fetched', 'foundRows'),
  groups: freeName(edit.source, 'grouped', 'groups', 'rowsByKey'),
})

/** One statement above the loop with `= ANY`; false where the result is used in another way. */
export const writeForAll = (
  edit: Edit,
  found: FoundStatement,
  loop: Loop,
  all: ForAll,
  nth: number,
): boolean => {
  const place = placeOf(found.call, loop.body)
  const value = found.values[nth - 1]
  if (place === null || value === undefined) return false
  const { list, item, statement } = loop
  const key = edit.raw(value)
  const { result, groups } = namesIn(edit)
  const { typescript: typed } = edit.style
  const type = typed ? `<string, typeof ${result}.rows>` : ''
  const callee = edit.raw(found.call.expression)
  edit.before(
    statement,
    [
      `const ${result} = await ${callee}(${all.write(edit.raw(found.text))}, [${listsOf(edit, found, loop)}])`,
      `const ${groups} = new Map${type}(${list}.map((${item}) => [String(${key}), []]))`,
      `for (const one of ${result}.rows) ${groups}.get(String(one.${all.key}))${typed ? '?' : ''}.push(one)`,
    ].join('\n'),
  )
  const rows = rowsOf(`${groups}.get(String(${key}))`, all, { isWhole: place.isWhole, typed })
  put(edit, place, all.empty === null ? rows : `[${rows}[0] ?? ${all.empty}]`)
  return true
}

/** One statement above the loop that runs beside every row of the list; false where the result is used otherwise. */
export const writeEach = (edit: Edit, found: FoundStatement, loop: Loop, each: AskEach): boolean => {
  const place = placeOf(found.call, loop.body)
  if (place === null) return false
  const { list, item, statement } = loop
  const { result, groups } = namesIn(edit)
  const { typescript: typed } = edit.style
  const type = typed ? `<(typeof ${list})[number], typeof ${result}.rows>` : ''
  const callee = edit.raw(found.call.expression)
  edit.before(
    statement,
    [
      `const ${result} = await ${callee}(`,
      `  ${each.write(edit.raw(found.text)).replaceAll('\n', '\n  ')},`,
      `  [${listsOf(edit, found, loop)}],`,
      ')',
      `const ${groups} = new Map${type}(${list}.map((${item}) => [${item}, []]))`,
      `for (const { ${each.nth}, ...row } of ${result}.rows) ${groups}.get(${list}[${each.nth} - 1])${typed ? '?' : ''}.push(row)`,
    ].join('\n'),
  )
  put(edit, place, typed ? `${groups}.get(${item}) ?? []` : `${groups}.get(${item})`)
  return true
}
