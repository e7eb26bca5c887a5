import type { LockingClause, Node, SelectStmt, WithClause } from 'libpg-query'
import { conjuncts, keysOf } from './conditions.ts'
import type { Gathering, Scope } from './gathering.ts'
import { type Source, sourceOf } from './tables.ts'
import { walk, words } from './tree.ts'

const ADVISORY = /^pg_(try_)?advisory_(?!unlock)/

const STRENGTHS = {
  LCS_NONE: null,
  LCS_FORKEYSHARE: 'key share',
  LCS_FORSHARE: 'share',
  LCS_FORNOKEYUPDATE: 'no key update',
  LCS_FORUPDATE: 'update',
} as const

/** Subqueries and advisory locks, however deep in expressions. */
export const readExpressions = (tree: unknown, scope: Scope, into: Gathering): void => {
  walk(tree, (node) => {
    if ('SelectStmt' in node) {
      into.statement(node, scope)
      return false
    }
    if ('FuncCall' in node && ADVISORY.test(words(node.FuncCall.funcname).at(-1) ?? '')) into.lock('advisory')
    return true
  })
}

/** Reads the queries of WITH, and adds their names to the scope. One sees those before it; all when recursive. */
export const enterWith = (clause: WithClause | undefined, scope: Scope, into: Gathering): Scope => {
  const queries = (clause?.ctes ?? []).flatMap((node) =>
    'CommonTableExpr' in node ? [node.CommonTableExpr] : [],
  )
  const names = queries.map(({ ctename = '' }) => ctename)
  queries.forEach(({ ctequery }, index) => {
    into.statement(ctequery, new Set([...scope, ...(clause?.recursive ? names : names.slice(0, index))]))
  })
  return names.length === 0 ? scope : new Set([...scope, ...names])
}

/** What stands in FROM: its sources, and the conditions of inner joins, which choose as WHERE does. */
export type From = { sources: Source[]; conditions: Node[] }

export const readFrom = (nodes: readonly Node[] | undefined, scope: Scope, into: Gathering): From => {
  const from: From = { sources: [], conditions: [] }
  for (const node of nodes ?? []) readSource(node, scope, into, from)
  return from
}

const readSource = (node: Node, scope: Scope, into: Gathering, from: From): void => {
  if ('RangeVar' in node) {
    const { schemaname, relname = '' } = node.RangeVar
    from.sources.push(sourceOf(node.RangeVar, schemaname !== undefined || !scope.has(relname)))
  } else if ('JoinExpr' in node) {
    const { larg, rarg, quals, jointype } = node.JoinExpr
    for (const side of [larg, rarg]) if (side) readSource(side, scope, into, from)
    if (jointype === 'JOIN_INNER') from.conditions.push(...conjuncts(quals))
    readExpressions(quals, scope, into)
  } else if ('RangeTableSample' in node) {
    if (node.RangeTableSample.relation) readSource(node.RangeTableSample.relation, scope, into, from)
  } else {
    const alias = 'RangeSubselect' in node ? node.RangeSubselect.alias : undefined
    from.sources.push({ table: null, alias: alias?.aliasname ?? '', schema: null })
    readExpressions(node, scope, into)
  }
}

/** Says of every table in FROM that it is read, and by which keys. */
export const readTables = (from: From, conditions: readonly Node[], into: Gathering): void => {
  for (const source of from.sources) {
    if (source.table === null) continue
    into.read({ table: source.table, keys: keysOf(conditions, source, from.sources) })
  }
}

const readLocks = (clauses: readonly Node[], into: Gathering): void => {
  const locks = clauses.flatMap((node): LockingClause[] =>
    'LockingClause' in node ? [node.LockingClause] : [],
  )
  for (const { strength = 'LCS_NONE' } of locks) {
    const lock = STRENGTHS[strength]
    if (lock) into.lock(lock)
  }
}

export const readSelect = (select: SelectStmt, outer: Scope, into: Gathering): void => {
  const { withClause, fromClause, lockingClause, larg, rarg, ...rest } = select
  const scope = enterWith(withClause, outer, into)
  if (larg) readSelect(larg, scope, into)
  if (rarg) readSelect(rarg, scope, into)
  const from = readFrom(fromClause, scope, into)
  readTables(from, [...conjuncts(rest.whereClause), ...from.conditions], into)
  readExpressions(rest, scope, into)
  readLocks(lockingClause ?? [], into)
}
