import type { Node } from 'libpg-query'
import type { StatementFacts, TableRead, TableWrite } from '../../../model/statement-facts.ts'

type Lock = NonNullable<StatementFacts['lock']>

/** Weakest first: a statement that takes several is known by the strongest. */
const LOCKS: readonly Lock[] = ['advisory', 'key share', 'share', 'no key update', 'update', 'table']

/** Names that stand for a query of this statement, not for a table. */
export type Scope = ReadonlySet<string>

/** What has been seen so far of one statement. */
export type Gathering = {
  read(read: TableRead): void
  write(write: TableWrite): void
  lock(lock: Lock): void
  /** reads a statement inside this one */
  statement(node: Node | undefined, scope: Scope): void
  seen(): Pick<StatementFacts, 'reads' | 'writes' | 'lock'>
}

export const createGathering = (read: (node: Node, scope: Scope, into: Gathering) => void): Gathering => {
  const reads = new Map<string, TableRead>()
  const writes: TableWrite[] = []
  let strongest = -1
  const gathering: Gathering = {
    read: (found) => {
      reads.set(JSON.stringify(found), found)
    },
    write: (found) => {
      writes.push(found)
    },
    lock: (found) => {
      strongest = Math.max(strongest, LOCKS.indexOf(found))
    },
    statement: (node, scope) => {
      if (node) read(node, scope, gathering)
    },
    seen: () => ({ reads: [...reads.values()], writes, lock: LOCKS[strongest] ?? null }),
  }
  return gathering
}
