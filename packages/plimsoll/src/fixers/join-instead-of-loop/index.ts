import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import { callsOf, literalOf, methodOf } from '../../instruments/source/script-nodes.ts'
import type { Finding } from '../../model/verdict.ts'
import { defineFixer } from '../define.ts'
import { type FoundStatement, findStatements, plainSql } from '../find-statements.ts'
import { freeName } from '../free-name.ts'
import { openEdits, patchOf } from '../patch-of.ts'
import { askForAll, type ForAll } from './ask-for-all.ts'
import { findLoop, type Loop } from './find-loop.ts'
import { placeOf } from './place-of.ts'

const repeatedIn = ({ evidence }: Finding): string => {
  for (const one of evidence) if (one.kind === 'statements') return plainSql(one.statements[0]?.sql ?? '')
  return ''
}

/** A statement in the loop that changes something may change what the next row would read. */
const changesNothing = ({ body }: Loop): boolean =>
  ![...callsOf(body)].some(
    (call) =>
      /^(?:insert|update|delete|save|create|destroy)$/.test(methodOf(call)) ||
      /^\s*(?:insert|update|delete)\b/i.test(literalOf(call.arguments?.[0]) ?? ''),
  )

/** A group as code: the rows of one key, without what was added to tell them apart. */
const rowsOf = ({ item, key }: Loop, { key: column, isAdded }: ForAll, groups: string, place: Shown) => {
  const own = `${groups}.get(String(${item}.${key}))`
  const rows = place.typed ? `(${own} ?? [])` : own
  return isAdded && place.isWhole ? `${rows}.map(({ ${column}: _, ...row }) => row)` : rows
}

type Shown = { isWhole: boolean; typed: boolean }

const rewrite = (edit: Edit, found: FoundStatement, loop: Loop, all: ForAll): boolean => {
  const place = placeOf(found.call, loop.body)
  if (place === null) return false
  const { list, item, key, statement } = loop
  const result = freeName(edit.source, 'found', 'fetched', 'foundRows')
  const groups = freeName(edit.source, 'grouped', 'groups', 'rowsByKey')
  const { typescript: typed } = edit.style
  const type = typed ? `<string, typeof ${result}.rows>` : ''
  const callee = edit.raw(found.call.expression)
  edit.before(
    statement,
    [
      `const ${result} = await ${callee}(${all.write(edit.raw(found.text))}, [${list}.map((${item}) => ${item}.${key})])`,
      `const ${groups} = new Map${type}(${list}.map((${item}) => [String(${item}.${key}), []]))`,
      `for (const one of ${result}.rows) ${groups}.get(String(one.${all.key}))${typed ? '?' : ''}.push(one)`,
    ].join('\n'),
  )
  const rows = rowsOf(loop, all, groups, { isWhole: place.isWhole, typed })
  edit.replace(place.node, place.write(all.empty === null ? rows : `[${rows}[0] ?? ${all.empty}]`))
  return true
}

/** **Contract:** reads, never writes; nothing where the rows of several keys could not be told apart. */
export default defineFixer({
  id: 'join-instead-of-loop',
  title: 'Ask once for all rows of a list',
  repairs: ['query-count'],
  propose: async (finding, source) => {
    const repeated = repeatedIn(finding)
    const [found, another] = findStatements(source).filter(
      (one) => one.sql === repeated && one.text.parent === one.call && findLoop(one) !== null,
    )
    const loop = found === undefined || another !== undefined ? null : findLoop(found)
    const all = askForAll(repeated)
    if (found === undefined || loop === null || all === null || !changesNothing(loop)) return []
    const edits = openEdits(source)
    const edit = edits.of(found.file)
    if (edit === null || !rewrite(edit, found, loop, all)) return []
    return patchOf(finding, 'join-instead-of-loop', 'Ask once for the rows of all keys of the list', edits)
  },
})
