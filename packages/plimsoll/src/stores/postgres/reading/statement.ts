import type { CopyStmt, Node } from 'libpg-query'
import type { StatementFacts, TableWrite } from '../../../model/statement-facts.ts'
import { createGathering, type Gathering, type Scope } from './gathering.ts'
import { readSelect } from './query.ts'
import { readSetting, readTransaction } from './session.ts'
import { tableName } from './tables.ts'
import { words } from './tree.ts'
import { readChange, readInsert, readMerge } from './write.ts'

const NOWHERE: Scope = new Set()

const SCHEMA =
  /^(Create|Alter|Drop|Rename|Define|Index|View|Comment|Grant|Rule|Refresh|SecLabel|Composite|ImportForeign|Reassign)/

const whole = (table: string, how: TableWrite['how'], columns: string[] = []): TableWrite => ({
  table,
  how,
  columns,
  keys: [],
  conditional: false,
  relative: false,
  onConflict: null,
})

const readCopy = (copy: CopyStmt, scope: Scope, into: Gathering): void => {
  into.statement(copy.query, scope)
  const table = copy.relation ? tableName(copy.relation) : null
  if (table === null) return
  if (copy.is_from) into.write(whole(table, 'copy', words(copy.attlist)))
  else into.read({ table, keys: [] })
}

/** What touches rows. */
const readData = (node: Node, scope: Scope, into: Gathering): void => {
  if ('SelectStmt' in node) readSelect(node.SelectStmt, scope, into)
  else if ('InsertStmt' in node) readInsert(node.InsertStmt, scope, into)
  else if ('UpdateStmt' in node) readChange('update', node.UpdateStmt, scope, into)
  else if ('DeleteStmt' in node) readChange('delete', node.DeleteStmt, scope, into)
  else if ('MergeStmt' in node) readMerge(node.MergeStmt, scope, into)
  else if ('CopyStmt' in node) readCopy(node.CopyStmt, scope, into)
  else if ('CreateTableAsStmt' in node) into.statement(node.CreateTableAsStmt.query, scope)
  else if ('DeclareCursorStmt' in node) into.statement(node.DeclareCursorStmt.query, scope)
  else if ('LockStmt' in node) into.lock('table')
  else if ('TruncateStmt' in node) {
    for (const relation of node.TruncateStmt.relations ?? []) {
      const table = 'RangeVar' in relation ? tableName(relation.RangeVar) : null
      if (table !== null) into.write(whole(table, 'truncate'))
    }
  }
}

const WRITES = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'TruncateStmt'])
const SETTINGS = new Set(['VariableShowStmt', 'ConstraintsSetStmt'])

const kindOf = (node: Node, writes: number): StatementFacts['kind'] => {
  const [type = ''] = Object.keys(node)
  if ('SelectStmt' in node && node.SelectStmt.intoClause) return 'schema'
  if ('CopyStmt' in node && node.CopyStmt.is_from) return 'write'
  if (WRITES.has(type)) return 'write'
  if (type === 'SelectStmt' || type === 'CopyStmt') return writes > 0 ? 'write' : 'read'
  if (SETTINGS.has(type)) return 'setting'
  return SCHEMA.test(type) ? 'schema' : 'other'
}

export const readStatement = (node: Node): StatementFacts => {
  if ('TransactionStmt' in node) return { ...EMPTY, ...readTransaction(node.TransactionStmt) }
  if ('VariableSetStmt' in node) return { ...EMPTY, ...readSetting(node.VariableSetStmt) }
  const gathering = createGathering(readData)
  gathering.statement(node, NOWHERE)
  const seen = gathering.seen()
  return { kind: kindOf(node, seen.writes.length), isolation: null, ...seen }
}

/** Of nothing. */
export const EMPTY: StatementFacts = { kind: 'other', reads: [], writes: [], lock: null, isolation: null }
