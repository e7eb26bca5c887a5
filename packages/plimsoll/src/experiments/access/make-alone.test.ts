import { expect, test } from 'vitest'
import { createHarvest } from '../../lab/speak/harvest.ts'
import { isAgain } from './make-alone.ts'
import type { Thing } from './thing.ts'

const thing = (kin: string, fields: Record<string, unknown>, parents: Thing[] = []): Thing => ({
  ...{ kin, alias: [], path: `/${kin}s`, planted: [], harvest: createHarvest() },
  ...{ fields, parents, sent: null, made: null },
})

const draft = thing('draft', { id: 1, title: 'x', ownerId: 4, audience: 'owner' })

test.each([
  ['a draft that was published', 'publish', { id: 1, title: 'x', ownerId: 4, audience: 'all' }, true],
  ['a remark with the number of its draft', 'remark', { id: 1, text: 'y', ownerId: 4 }, false],
  ['another draft', 'draft', { id: 2, title: 'x', ownerId: 4, audience: 'owner' }, false],
  ['an answer without a name', 'vote', { votes: 3 }, false],
])('%s is the draft again: %s', (_name, kin, fields, again) => {
  expect(isAgain(thing(kin, fields, [draft]), draft)).toBe(again)
})
