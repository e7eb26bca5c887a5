import type { Node, TransactionStmt, VariableSetStmt } from 'libpg-query'
import type { StatementFacts } from '../../../model/statement-facts.ts'

type Isolation = StatementFacts['isolation']

/** PostgreSQL takes READ UNCOMMITTED for READ COMMITTED. */
const LEVELS: Readonly<Record<string, NonNullable<Isolation>>> = {
  'read uncommitted': 'read committed',
  'read committed': 'read committed',
  'repeatable read': 'repeatable read',
  serializable: 'serializable',
}

const VARIABLES = new Set(['transaction_isolation', 'default_transaction_isolation'])

const levelOf = (node: Node | undefined): Isolation => {
  const text = node && 'A_Const' in node ? node.A_Const.sval?.sval : undefined
  return LEVELS[text?.toLowerCase() ?? ''] ?? null
}

const levelAmong = (options: readonly Node[] = []): Isolation => {
  for (const option of options)
    if ('DefElem' in option && option.DefElem.defname === 'transaction_isolation')
      return levelOf(option.DefElem.arg)
  return null
}

const KINDS = {
  TRANS_STMT_BEGIN: 'begin',
  TRANS_STMT_START: 'begin',
  TRANS_STMT_COMMIT: 'commit',
  TRANS_STMT_ROLLBACK: 'rollback',
  TRANS_STMT_SAVEPOINT: 'savepoint',
  TRANS_STMT_RELEASE: 'savepoint',
  TRANS_STMT_ROLLBACK_TO: 'savepoint',
  TRANS_STMT_PREPARE: 'other',
  TRANS_STMT_COMMIT_PREPARED: 'commit',
  TRANS_STMT_ROLLBACK_PREPARED: 'rollback',
} as const

type Said = Pick<StatementFacts, 'kind' | 'isolation'>

export const readTransaction = ({ kind = 'TRANS_STMT_PREPARE', options }: TransactionStmt): Said => ({
  kind: KINDS[kind],
  isolation: levelAmong(options),
})

/** SET TRANSACTION, SET SESSION CHARACTERISTICS, and the variables that say the same. */
export const readSetting = ({ kind, name = '', args }: VariableSetStmt): Said => {
  if (kind === 'VAR_SET_MULTI') return { kind: 'setting', isolation: levelAmong(args) }
  return { kind: 'setting', isolation: VARIABLES.has(name.toLowerCase()) ? levelOf(args?.[0]) : null }
}
