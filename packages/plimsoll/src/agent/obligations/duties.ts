import type { ChangeKind } from '../../model/change.ts'

/**
 * What a kind of change is about. `operations`: the operations that run it. `everything`: the backend as a whole, so
 * that whatever is found of it then is the change's to answer for. `anything`: it may show anywhere, and only what was
 * not there before is laid to it.
 */
export const ABOUT: Readonly<Record<ChangeKind, 'operations' | 'everything' | 'anything'>> = {
  'write-route': 'operations',
  'read-route': 'operations',
  query: 'operations',
  migration: 'operations',
  identity: 'everything',
  access: 'operations',
  'every-request': 'everything',
  'start-up': 'everything',
  configuration: 'anything',
  dependencies: 'anything',
  contract: 'anything',
}
