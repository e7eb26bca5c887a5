import ts from 'typescript'
import type { Project } from '../../instruments/source/project.ts'
import { around, functionAround, literalOf, nodesOf } from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'
import type { Edits } from '../patch-of.ts'
import { isTransactionClient } from './transaction-client.ts'

/** `a.b().c()`, from what it begins with. */
type Chain = { whole: ts.CallExpression; first: ts.CallExpression; methods: string[] }

const chainOf = (whole: ts.CallExpression): Chain => {
  const methods: string[] = []
  let at = whole
  while (ts.isPropertyAccessExpression(at.expression)) {
    methods.push(at.expression.name.text)
    if (!ts.isCallExpression(at.expression.expression)) break
    at = at.expression.expression
  }
  return { whole, first: at, methods }
}

const chainsIn = (source: ts.SourceFile): Chain[] =>
  [...nodesOf(source)]
    .filter(ts.isCallExpression)
    .filter(({ parent }) => !ts.isPropertyAccessExpression(parent))
    .map(chainOf)

const CHANGES = new Set(['insert', 'update', 'del', 'delete', 'increment', 'decrement', 'upsert', 'set'])
const NO_ROWS = new Set(['count', 'sum', 'max', 'min', 'groupBy', 'distinct', 'forUpdate', 'for', 'forShare'])

const isRead = ({ methods }: Chain) => !methods.some((one) => CHANGES.has(one) || NO_ROWS.has(one))

/** `trx('meters')` of Knex */
const knexTable = ({ first }: Chain): string | null => {
  if (!ts.isIdentifier(first.expression) || !isTransactionClient(first.expression)) return null
  return literalOf(first.arguments[0])
}

/** `tx.select().from(products)` of Drizzle, by the name that the table has in the database */
const drizzleTable = ({ whole, first, methods }: Chain, project: Project): string | null => {
  const from = first.expression
  if (!ts.isPropertyAccessExpression(from) || !isTransactionClient(from.expression)) return null
  if (methods.at(-1) !== 'select' || methods.at(-2) !== 'from') return null
  const [name] = [...nodesOf(whole)].flatMap((node) =>
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'from'
      ? [node.arguments[0]?.getText() ?? '']
      : [],
  )
  const declared = new RegExp(`\\b${name}\\s*=\\s*pgTable\\(\\s*['"\`](\\w+)['"\`]`)
  for (const { source } of codeFiles(project)) {
    const [, table] = declared.exec(source.text) ?? []
    if (table !== undefined) return table
  }
  return null
}

const clauseFor = (chain: Chain, table: string, project: Project): string | null => {
  if (!isRead(chain)) return null
  if (knexTable(chain) === table) return '.forUpdate()'
  return drizzleTable(chain, project) === table ? ".for('update')" : null
}

const isAwaited = ({ whole }: Chain) => ts.isAwaitExpression(whole.parent)

/** Later in the same function the transaction changes something. */
const isFollowed = (chain: Chain, chains: readonly Chain[]): boolean => {
  const within = functionAround(chain.whole)
  return chains.some(
    (other) =>
      other.whole.pos > chain.whole.pos &&
      other.methods.some((one) => CHANGES.has(one)) &&
      [...around(other.whole)].some((at) => at === within),
  )
}

/**
 * Locks what a query builder reads in a transaction before it writes: Knex and Drizzle.
 * @returns false where there is not one such read
 */
export const lockBuilder = (project: Project, edits: Edits, readSql: string): boolean => {
  const [, table] = /^select .* from "(\w+)"/i.exec(readSql) ?? []
  if (table === undefined || /\bjoin\b/i.test(readSql)) return false
  const found = codeFiles(project).flatMap(({ file, source }) => {
    const chains = chainsIn(source)
    return chains.flatMap((chain) => {
      const isIt = isAwaited(chain) && isFollowed(chain, chains)
      const clause = isIt ? clauseFor(chain, table, project) : null
      return clause === null ? [] : [{ file, end: chain.whole.end, clause }]
    })
  })
  const [only, another] = found
  const edit = only === undefined || another !== undefined ? null : edits.of(only.file)
  if (edit === null || only === undefined) return false
  edit.insert(only.end, only.clause)
  return true
}
