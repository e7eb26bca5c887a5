import { expect, test } from 'vitest'
import { readProcessStat, readResidentKb, readSchedstat } from './process-text.ts'

const NODE =
  '812 (node (a) b) S 800 812 812 0 -1 4194304 9 0 0 0 150 25 30 5 20 0 11 0 4242 3355 28000 18446744073709551615 1 1 0'
const WORKER =
  '14 (ksoftirqd/0) S 2 0 0 0 -1 69238848 0 0 0 0 0 755 0 0 20 0 1 0 3 0 0 18446744073709551615 0 0 0'
const ZOMBIE = '90 (sh) Z 80 80 80 0 -1 4227084 70 0 0 0 3 4 0 0 20 0 1 0 77 0 0 18446744073709551615 0 0 0'

test.each([
  [
    'a name with brackets and spaces',
    NODE,
    {
      ppid: 800,
      group: 812,
      session: 812,
      cpuNs: 1_750_000_000,
      childNs: 350_000_000,
      kernel: false,
      born: '4242',
    },
  ],
  [
    'a thread of the kernel',
    WORKER,
    { ppid: 2, group: 0, session: 0, cpuNs: 7_550_000_000, childNs: 0, kernel: true, born: '3' },
  ],
  [
    'a zombie, whose time nobody has inherited',
    ZOMBIE,
    { ppid: 80, group: 80, session: 80, cpuNs: 70_000_000, childNs: 0, kernel: false, born: '77' },
  ],
  ['a process that went while we read', '', null],
])('stat of %s', (_, text, expected) => {
  expect(readProcessStat(text)).toEqual(expected)
})

test.each([
  ['9123456789 51234 410\n', 9_123_456_789],
  ['', null],
])('schedstat %j', (text, expected) => {
  expect(readSchedstat(text)).toBe(expected)
})

test.each([
  ['Name:\tnode\nVmPeak:\t  900 kB\nVmRSS:\t   86016 kB\nThreads:\t11\n', 86_016],
  ['Name:\tkworker/0:1\nThreads:\t1\n', null],
])('resident memory of %j', (text, expected) => {
  expect(readResidentKb(text)).toBe(expected)
})
