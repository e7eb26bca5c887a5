import ts from 'typescript'
import { addImport } from '../../instruments/source/edit/add-import.ts'
import { writeInStyle } from '../../instruments/source/edit/write-in-style.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { Finding } from '../../model/verdict.ts'
import { defineFixer } from '../define.ts'
import { specifierOf } from '../file-of.ts'
import { findColumns } from '../find-columns.ts'
import { type FoundStatement, findStatements, plainSql } from '../find-statements.ts'
import { type Edits, openEdits, patchOf } from '../patch-of.ts'
import { boundsIn } from './bounds.ts'
import { findList, type List } from './find-list.ts'
import { mendHandler } from './mend-handler.ts'
import { pageCode } from './page-code.ts'
import { type Insertion, pageInsertions } from './write-page.ts'

const sentIn = ({ evidence }: Finding): string => {
  for (const one of evidence) if (one.kind === 'statements') return plainSql(one.statements[0]?.sql ?? '')
  return ''
}

const placeIn = ({ evidence }: Finding) => {
  for (const one of evidence) if (one.kind === 'source') return one.place
  return null
}

/** A new line, as deep as the one at a position. */
const lineAt = (text: string, position: number) =>
  /\r?\n[ \t]*(?=[^\n]*$)/.exec(text.slice(0, position))?.[0] ?? '\n'

const LIMITED = '[page.limit + 1, page.offset]'

/** The statement with its two new values; false where its text or its values are put together. */
const limit = (
  edits: Edits,
  { file, text, call, values }: FoundStatement,
  insertions: readonly Insertion[],
) => {
  const edit = edits.of(file)
  const list = call.arguments[1]
  if (edit === null || edit.raw(text).slice(1, -1) !== text.text || values.some(ts.isSpreadElement))
    return false
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

/** The function between gets the page as its last parameter. */
const handOver = (
  edits: Edits,
  found: FoundStatement,
  { handler, through }: List,
  module: string,
): boolean => {
  if (through === null) return true
  const [there, here] = [edits.of(found.file), edits.of(handler.file)]
  const { fn, call } = through
  const isPlain = fn.parameters.every(
    (one) => one.initializer === undefined && one.dotDotDotToken === undefined,
  )
  if (there === null || here === null || !isPlain || call.arguments.length !== fn.parameters.length)
    return false
  if (/\bpage\b/.test(fn.getText())) return false
  const last = fn.parameters.at(-1)
  const typed = there.style.typescript
  const type = typed ? ': Page' : ''
  const open = there.source.text.indexOf('(', fn.getStart(there.source))
  if (last !== undefined && !there.source.text.slice(fn.getStart(there.source), last.end).includes('('))
    return false
  if (last !== undefined) there.insert(last.end, `, page${type}`)
  else there.insert(open + 1, `page${type}`)
  if (typed) addImport(there, { from: specifierOf(there, module), name: 'Page', isType: true })
  const given = call.arguments.at(-1)
  here.insert(given?.end ?? call.end - 1, given === undefined ? 'page' : ', page')
  return true
}

const propose = (finding: Finding, source: Project) => {
  const sql = sentIn(finding)
  const place = placeIn(finding)
  const same = findStatements(source).filter((one) => one.sql === sql)
  const near = same.filter(({ file }) => file === place?.file)
  const [found, another] = near.length > 0 ? near : same
  if (found === undefined || another !== undefined) return []
  const list = findList(source, found)
  const insertions = pageInsertions(found.text.text, found.values.length, findColumns(source))
  const framework = list?.handler.framework
  if (list === null || insertions === null || framework === undefined || framework === 'nestjs') return []
  const edits = openEdits(source)
  const edit = edits.of(list.handler.file)
  const module = list.handler.file.replace(/[^/]+(\.[cm]?[jt]s)$/, 'pages$1')
  if (edit === null || source.exists(module) || /\bpage\b/.test(list.handler.fn.getText())) return []
  const bounds = boundsIn(source)
  const isMended =
    mendHandler(source, edit, list, { module, bounds, framework }) &&
    limit(edits, found, insertions) &&
    handOver(edits, found, list, module)
  if (!isMended) return []
  edits.create(
    module,
    `${writeInStyle(pageCode(framework, bounds, edit.style), edit.style)}${edit.style.eol}`,
  )
  return patchOf(finding, 'paged-list', `Answer ${finding.subject} in pages`, edits)
}

/** **Contract:** reads, never writes; nothing where a page of the list would not be the same each time. */
export default defineFixer({
  id: 'paged-list',
  title: 'Answer a list in pages',
  repairs: ['growth'],
  propose: async (finding, source) =>
    /answers every row there is/.test(finding.title) && finding.subject.startsWith('GET ')
      ? propose(finding, source)
      : [],
})
