import { addImport } from '../../instruments/source/edit/add-import.ts'
import { writeInStyle } from '../../instruments/source/edit/write-in-style.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { Finding } from '../../model/verdict.ts'
import { defineFixer } from '../define.ts'
import { specifierOf } from '../file-of.ts'
import { plainSql } from '../find-statements.ts'
import { type Edits, openEdits, patchOf } from '../patch-of.ts'
import { boundsIn } from './bounds.ts'
import { findBuilder } from './find-builder.ts'
import { findList, type List, type Sent } from './find-list.ts'
import { findSent } from './find-sent.ts'
import { mendHandler } from './mend-handler.ts'
import { pageCode } from './page-code.ts'

const sentIn = ({ evidence }: Finding): string => {
  for (const one of evidence) if (one.kind === 'statements') return plainSql(one.statements[0]?.sql ?? '')
  return ''
}

const placeIn = ({ evidence }: Finding) => {
  for (const one of evidence) if (one.kind === 'source') return one.place
  return null
}

/** The function between gets the page as its last parameter. */
const handOver = (edits: Edits, found: Sent, { handler, through }: List, module: string): boolean => {
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

const limitIn = (edits: Edits, { file, limit }: Sent): boolean => {
  const edit = edits.of(file)
  return edit !== null && limit(edit)
}

const propose = (finding: Finding, source: Project) => {
  const sql = sentIn(finding)
  const place = placeIn(finding)
  const found = findSent(source, sql, place) ?? findBuilder(source, sql, place)
  const list = found === null ? null : findList(source, found)
  const framework = list?.handler.framework
  if (found === null || list === null || framework === undefined || framework === 'nestjs') return []
  const edits = openEdits(source)
  const edit = edits.of(list.handler.file)
  const module = list.handler.file.replace(/[^/]+(\.[cm]?[jt]s)$/, 'pages$1')
  if (edit === null || source.exists(module) || /\bpage\b/.test(list.handler.fn.getText())) return []
  const bounds = boundsIn(source)
  const isMended =
    // First: what follows the statement is put where it ends.
    limitIn(edits, found) &&
    mendHandler(source, edit, list, { module, bounds, framework }) &&
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
