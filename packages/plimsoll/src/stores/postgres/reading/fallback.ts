import { verbOf } from '../../../base/sql/verb.ts'
import type { StatementFacts } from '../../../model/statement-facts.ts'
import { EMPTY } from './statement.ts'

const KINDS: Readonly<Record<string, StatementFacts['kind']>> = {
  select: 'read',
  values: 'read',
  table: 'read',
  insert: 'write',
  update: 'write',
  delete: 'write',
  merge: 'write',
  truncate: 'write',
  copy: 'write',
  begin: 'begin',
  start: 'begin',
  commit: 'commit',
  end: 'commit',
  rollback: 'rollback',
  abort: 'rollback',
  savepoint: 'savepoint',
  release: 'savepoint',
  set: 'setting',
  show: 'setting',
  reset: 'setting',
  create: 'schema',
  alter: 'schema',
  drop: 'schema',
}

/** What the first word says of a text that is cut off, or that the grammar does not take. */
export const readVerb = (sql: string): StatementFacts => {
  const verb = verbOf(sql)
  return { ...EMPTY, kind: Object.hasOwn(KINDS, verb) ? (KINDS[verb] ?? 'other') : 'other' }
}
