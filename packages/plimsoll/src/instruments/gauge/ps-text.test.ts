import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPs } from './ps-text.ts'
import { listSamples } from './snapshot.ts'

const MACOS = `    1     0     1   4:31.87  14352
  812     1   812 120:05.03 180224
90211   812   812   0:00.41   2048
`

test('macOS tells hundredths of a second', () => {
  expect(readPs(MACOS)).toMatchObject([
    { pid: 1, ppid: 0, group: 1, cpuNs: 271.87e9, residentKb: 14_352 },
    { pid: 812, ppid: 1, group: 812, cpuNs: 7_205.03e9, residentKb: 180_224 },
    { pid: 90_211, ppid: 812, group: 812, cpuNs: 0.41e9, residentKb: 2_048 },
  ])
})

test.each([
  ['7 1 7 00:00:09 512', 9e9],
  ['7 1 7 01:02:03 512', 3_723e9],
  ['7 1 7 2-01:00:00 512', 176_400e9],
])('%s', (line, cpuNs) => {
  expect(readPs(line)[0]?.cpuNs).toBe(cpuNs)
})

test('what is no line of it is left out', () => {
  expect(readPs('\nps: illegal option\n')).toEqual([])
})

test.runIf(existsSync('/bin/ps') || existsSync('/usr/bin/ps'))('ps of this machine tells of us', () => {
  const us = listSamples('darwin').get(process.pid)
  expect(us).toMatchObject({ pid: process.pid, ppid: process.ppid })
  expect(us?.residentKb).toBeGreaterThan(1_000)
})
