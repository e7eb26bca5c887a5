import { describe, expect, test } from 'vitest'
import { limitFiles, readMachineStat, readPressure, readThrottled } from './machine-text.ts'

test.each([
  [
    'interrupts and guests apart',
    'cpu  2014 400 600 15942 112 7 367 1496 300 20\ncpu0 999 202 320 8168 31 0 115 719 0 0\nintr 30292622 0\n',
    { busyNs: 30_140_000_000, stolenNs: 14_960_000_000 },
  ],
  ['an old kernel without steal', 'cpu  100 0 50 900 10 0 0\n', { busyNs: 1_500_000_000, stolenNs: null }],
  ['no such file', '', null],
])('stat of the machine: %s', (_, text, expected) => {
  expect(readMachineStat(text)).toEqual(expected)
})

test.each([
  [
    'some avg10=11.16 avg60=7.41 avg300=4.39 total=12185998860\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=7\n',
    12_185_998_860,
  ],
  ['', null],
])('pressure %j', (text, expected) => {
  expect(readPressure(text)).toBe(expected)
})

test.each([
  ['usage_usec 30990\nnr_periods 9\nnr_throttled 4\nthrottled_usec 412500\n', 412.5],
  ['nr_periods 9\nnr_throttled 4\nthrottled_time 412500000\n', 412.5],
  ['usage_usec 30990\nuser_usec 2\nsystem_usec 3\n', null],
  ['', null],
])('limit %j', (text, expected) => {
  expect(readThrottled(text)).toBe(expected)
})

describe('control groups', () => {
  test('of version 2: our own and those around it', () => {
    expect(limitFiles('0::/user.slice/app.scope\n')).toEqual([
      '/sys/fs/cgroup/user.slice/app.scope/cpu.stat',
      '/sys/fs/cgroup/user.slice/cpu.stat',
      '/sys/fs/cgroup/cpu.stat',
    ])
  })

  test('of version 1: only those of the processor, under either name', () => {
    expect(limitFiles('9:name=systemd:/\n4:memory:/docker/ab\n2:cpu,cpuacct:/docker/ab\n')).toEqual([
      '/sys/fs/cgroup/cpu,cpuacct/docker/ab/cpu.stat',
      '/sys/fs/cgroup/cpu,cpuacct/docker/cpu.stat',
      '/sys/fs/cgroup/cpu,cpuacct/cpu.stat',
      '/sys/fs/cgroup/cpu/docker/ab/cpu.stat',
      '/sys/fs/cgroup/cpu/docker/cpu.stat',
      '/sys/fs/cgroup/cpu/cpu.stat',
    ])
  })

  test('a path that leaves its own name space stays below the top', () => {
    expect(limitFiles('0::/../other\n')).toEqual(['/sys/fs/cgroup/other/cpu.stat', '/sys/fs/cgroup/cpu.stat'])
  })

  test('none', () => {
    expect(limitFiles('')).toEqual([])
  })
})
