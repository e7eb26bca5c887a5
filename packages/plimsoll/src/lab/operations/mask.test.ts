import { expect, test } from 'vitest'
import { canonical, learnMask, sameChanges } from './mask.ts'

const now = Date.parse('2026-03-01T12:00:00Z')
const orders = (...rows: Record<string, string | null>[]) => ({ orders: { added: rows, removed: [] } })

test('what differs between two runs of the same thing is masked, and nothing else', () => {
  const mask = learnMask([
    orders({ id: '1', token: 'a', total: '5' }),
    orders({ id: '8', token: 'b', total: '5' }),
  ])
  expect([...mask].sort()).toEqual(['orders.id', 'orders.token'])
})

test('the order of rows teaches nothing', () => {
  const mask = learnMask([orders({ seat: '1' }, { seat: '2' }), orders({ seat: '2' }, { seat: '1' })])
  expect(mask.size).toBe(0)
})

test('a table that only one of the runs changed is masked in whole', () => {
  expect([...learnMask([orders({ seat: '1' }), {}])]).toEqual(['orders.seat'])
})

test('where only one of the runs came to a value, its absence says nothing', () => {
  const done = orders({ id: '1', mailed_at: '2026-03-01 12:00:00+00' })
  const open = orders({ id: '1', mailed_at: null })
  const mask = learnMask([done, open])
  expect(canonical(done, mask, { nowEpochMs: 0 })).toEqual(canonical(open, mask, { nowEpochMs: 0 }))
})

test('where both runs came to some value, its absence says something', () => {
  const used = (at: string | null) => orders({ id: '1', used_at: at })
  const mask = learnMask([used('10:01'), used('10:02')])
  expect(canonical(used('10:03'), mask, { nowEpochMs: 0 })).not.toEqual(
    canonical(used(null), mask, { nowEpochMs: 0 }),
  )
})

test.each([
  ['2026-03-01 11:59:58.123+00', '(now)'],
  ['2026-03-01T12:00:01Z', '(now)'],
  ['2026-03-01 11:59:58', '(now)'],
  ['1772366400', '(now)'],
  ['1772366400123', '(now)'],
  ['2030-01-15 12:00:00+00', '2030-01-15 12:00:00+00'],
  ['2026-03-01', '2026-03-01'],
  ['1000000000', '1000000000'],
  ['100', '100'],
  ['plimsoll', 'plimsoll'],
])('%s is shown as %s', (value, shown) => {
  const clean = canonical(orders({ value }), new Set(), { nowEpochMs: now })
  expect(clean.orders?.added).toEqual([{ value: shown }])
})

test('rows come in one order, masked, and tables that do not count are left out', () => {
  const changes = {
    ...orders({ id: '2', seat: 'b' }, { id: '1', seat: 'a' }),
    log: { added: [{ id: '1' }], removed: [] },
  }
  expect(canonical(changes, new Set(['orders.id']), { nowEpochMs: now, only: new Set(['orders']) })).toEqual({
    orders: {
      added: [
        { id: '*', seat: 'a' },
        { id: '*', seat: 'b' },
      ],
      removed: [],
    },
  })
})

test('an update of nothing but the clock is no change', () => {
  const touched = {
    users: {
      removed: [{ id: '1', seen: '2026-03-01 10:00:00+00' }],
      added: [{ id: '1', seen: '2026-03-01 12:00:00+00' }],
    },
  }
  expect(canonical(touched, new Set(), { nowEpochMs: now })).toEqual({})
})

test('two of the same row are not one', () => {
  const clean = (count: number) =>
    canonical(orders(...Array.from({ length: count }, () => ({ seat: 'a' }))), new Set(), { nowEpochMs: now })
  expect(sameChanges(clean(1), clean(2))).toBe(false)
  expect(sameChanges(clean(2), clean(2))).toBe(true)
})
