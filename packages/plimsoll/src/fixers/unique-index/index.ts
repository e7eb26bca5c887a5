import ts from 'typescript'
import type { Project } from '../../instruments/source/project.ts'
import { codeIn, lineFor, type Refusal } from '../answer-refusal.ts'
import { defineFixer } from '../define.ts'
import { findErrorHandlers } from '../find-error-handlers.ts'
import { nextMigration } from '../next-migration.ts'
import { type Edits, openEdits, patchOf } from '../patch-of.ts'
import { type WantedIndex, wantedIndex } from './wanted-index.ts'

const wordsOf = ({ table, columns }: WantedIndex) =>
  [table, ...columns].join('_').replace(/\W+/g, '_').replace(/_$/, '').slice(0, 50)

const DUPLICATE: Refusal = { test: (code) => `${code} === '23505'`, status: 409, said: 'it is there already' }

/** Whoever comes second is told so; nothing where there is not one place that answers all errors. */
const answerConflict = (project: Project, edits: Edits) => {
  const [handler, another] = findErrorHandlers(project)
  if (handler === undefined || another !== undefined || handler.source.text.includes('23505')) return
  const edit = edits.of(handler.file)
  const [first] = ts.isBlock(handler.body) ? handler.body.statements : []
  if (edit === null || first === undefined) return
  const wraps = /\b(?:sequelize|typeorm)\b/.test(handler.source.text)
  const code =
    wraps && !edit.style.typescript
      ? `${handler.error}.original?.code`
      : codeIn(handler, edit.style.typescript)
  edit.before(first, lineFor(handler, DUPLICATE, code, edit.style.typescript))
}

/** **Contract:** reads, never writes; nothing where migrations are not files with numbers in one folder. */
export default defineFixer({
  id: 'unique-index',
  title: 'Add the index that is missing',
  repairs: ['race', 'growth'],
  propose: async (finding, source) => {
    const wanted = wantedIndex(finding)
    if (wanted === null) return []
    const { table, columns, where, isUnique } = wanted
    const name = `${wordsOf(wanted)}_${isUnique ? 'key' : 'idx'}`
    const rows = where === null ? '' : ` WHERE ${where}`
    const up = `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX ${name} ON ${table} (${columns.join(', ')})${rows};`
    const migration = nextMigration(source, name, up, `DROP INDEX ${name};`)
    if (migration === null) return []
    const edits = openEdits(source)
    edits.create(migration.file, migration.text)
    if (isUnique) answerConflict(source, edits)
    const of = `${table} (${columns.join(', ')})`
    const title = isUnique ? `Let the database refuse a second row of ${of}` : `Add an index on ${of}`
    return patchOf(finding, 'unique-index', title, edits)
  },
})
