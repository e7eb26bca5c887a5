import { expect, test } from 'vitest'
import { createHarvest } from '../../lab/speak/harvest.ts'
import { findAgain, findThing, harmOf } from './harm.ts'
import type { Thing } from './thing.ts'

const note: Thing = {
  ...{
    kin: 'note',
    alias: [],
    path: '/notes',
    planted: [{ field: 'title', text: 'abcdefghij' }],
    parents: [],
  },
  ...{ harvest: createHarvest(), fields: { id: 7 }, sent: { method: 'POST', path: '/notes' } },
  made: {
    ...{ method: 'POST', path: '/notes', requestHeaders: {}, status: 201, headers: {} },
    ...{ body: '', atMs: 0, durationMs: 1 },
  },
}
const before = { id: 7, title: 'abcdefghij', state: 'open', cents: 100, likes: 3, updatedAt: '1' }
const twice = [before, before] as const

test.each([
  ['another title', 'PUT', { ...before, title: 'x' }, ['title']],
  ['nothing', 'PUT', before, []],
  ['only when it was touched', 'PUT', { ...before, updatedAt: '2' }, []],
  ['a field that went', 'PATCH', { id: 7, title: 'abcdefghij', state: 'open', cents: 100 }, ['likes']],
  ['another state by an action', 'POST', { ...before, state: 'cancelled' }, ['state']],
  ['more by an action', 'POST', { ...before, cents: 120, likes: 4 }, []],
  ['less by an action', 'POST', { ...before, cents: 20 }, ['cents']],
])('it is different by %s (%s)', (_, method, after, harm) => {
  expect(harmOf(twice, after, method)).toEqual(harm)
})

test('what differed by itself before does not count', () => {
  expect(harmOf([before, { ...before, likes: 4 }], { ...before, likes: 9 }, 'PUT')).toEqual([])
  expect(harmOf(twice, null, 'DELETE')).toEqual(['gone'])
})

test('a thing is found by its text or its id, wherever it stands', () => {
  const answer = { data: { items: [{ id: 6, title: 'other' }, before] }, next: null }
  const found = findThing(answer, note)
  expect(found?.at).toEqual(['data', 'items', '1'])
  const changed = { data: { items: [{ ...before, title: 'x' }] }, next: null }
  expect(found === null ? null : findAgain(changed, note, found)?.object.title).toBe('x')
  expect(found === null ? null : findAgain({ data: { items: [{ id: 6 }] } }, note, found)).toBeNull()
})

test('an account is not found by a number, which may be that of something else', () => {
  const account = { ...note, kin: 'user', made: null, planted: [] }
  expect(findThing({ id: 7, name: 'a wardrobe' }, account)).toBeNull()
})
