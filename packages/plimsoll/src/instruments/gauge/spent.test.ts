import { expect, test } from 'vitest'
import { busiestThreadNs, type Member, spentNs } from './spent.ts'

const MS = 1_000_000

/** Times in milliseconds. */
const member = (
  pid: number,
  ppid: number,
  ownMs: number,
  childMs = 0,
  threads?: Record<string, number>,
): Member => ({
  pid,
  ppid,
  group: pid,
  session: pid,
  cpuNs: ownMs * MS,
  childNs: childMs * MS,
  kernel: false,
  born: `at ${pid}`,
  ...(threads && {
    threads: new Map(Object.entries(threads).map(([tid, ms]) => [tid, ms * MS])),
  }),
})

test.each<[string, Member[], Member[], number]>([
  ['nothing at all', [], [], 0],
  ['one that stayed', [member(1, 0, 100)], [member(1, 0, 350)], 250],
  ['one that came counts whole', [member(1, 0, 100)], [member(1, 0, 100), member(2, 1, 70)], 70],
  ['one that came and went left its time to its parent', [member(1, 0, 100)], [member(1, 0, 110, 400)], 410],
  [
    'one that went had some of its time before',
    [member(1, 0, 100), member(2, 1, 300)],
    [member(1, 0, 110, 450)],
    160,
  ],
  [
    'a whole branch that went',
    [member(1, 0, 100), member(2, 1, 300), member(3, 2, 5_000)],
    [member(1, 0, 100, 5_360)],
    60,
  ],
  [
    'one that nobody waited for is lost, and takes nothing away',
    [member(1, 0, 100), member(2, 1, 300)],
    [member(1, 0, 150)],
    50,
  ],
  [
    'another one with the same number is not the same',
    [member(1, 0, 100)],
    [{ ...member(1, 0, 30), born: 'later' }],
    30,
  ],
  [
    'threads are exact where ticks are not',
    [member(1, 0, 100, 0, { 1: 104, 2: 1 })],
    [member(1, 0, 110, 0, { 1: 111.5, 2: 2 })],
    8.5,
  ],
  [
    'threads that ended show only in the ticks of their process',
    [member(1, 0, 100, 0, { 1: 100 })],
    [member(1, 0, 500, 0, { 1: 103 })],
    400,
  ],
])('%s', (_, before, after, expectedMs) => {
  expect(spentNs(before, after) / MS).toBeCloseTo(expectedMs, 6)
})

test('the busiest thread is one thread, of whichever process', () => {
  const before = [member(1, 0, 100, 0, { 1: 50, 2: 50 }), member(2, 1, 10, 0, { 2: 10 })]
  const after = [member(1, 0, 200, 0, { 1: 90, 2: 110 }), member(2, 1, 95, 0, { 2: 95 })]
  expect(busiestThreadNs(before, after) / MS).toBe(85)
  expect(busiestThreadNs([], [member(3, 1, 40, 0, { 3: 40 })]) / MS).toBe(40)
  expect(busiestThreadNs([], [])).toBe(0)
})
