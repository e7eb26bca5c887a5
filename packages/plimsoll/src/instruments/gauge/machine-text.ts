import { TICK_NS } from './process-text.ts'

/** Since the machine started, nanoseconds of all its processors. */
export type MachineText = { busyNs: number; stolenNs: number | null }

/**
 * `/proc/stat`. Busy is user, nice and system: time of guests is in user already, and interrupts are left out, because
 * traffic on the loopback makes most of them, and that is ours.
 */
export const readMachineStat = (text: string): MachineText | null => {
  const line = /^cpu +([\d ]+)$/m.exec(text)?.[1]
  if (line === undefined) return null
  const [user = 0, nice = 0, system = 0, , , , , stolen] = line.split(' ').map(Number)
  return {
    busyNs: (user + nice + system) * TICK_NS,
    stolenNs: stolen === undefined ? null : stolen * TICK_NS,
  }
}

/** `/proc/pressure/cpu` or `memory`: microseconds in which some process waited for it. */
export const readPressure = (text: string): number | null => {
  const total = /^some .*\btotal=(\d+)/m.exec(text)?.[1]
  return total === undefined ? null : Number(total)
}

/** `cpu.stat` of a control group: milliseconds in which its limit kept it from running; null where none can be set. */
export const readThrottled = (text: string): number | null => {
  const usec = /^throttled_usec (\d+)$/m.exec(text)?.[1]
  if (usec !== undefined) return Number(usec) / 1_000
  const ns = /^throttled_time (\d+)$/m.exec(text)?.[1]
  return ns === undefined ? null : Number(ns) / 1_000_000
}

/**
 * `/proc/<pid>/cgroup`: the files that may hold the limits on us, own group first, then those around it. Inside a
 * container the path may be one of the host's, which is why the top is among them.
 */
export const limitFiles = (text: string): string[] => {
  const files = text.split('\n').flatMap((line) => {
    const [, controllers = '', path = ''] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? []
    if (path === '') return []
    const unified = controllers === ''
    if (!unified && !controllers.split(',').includes('cpu')) return []
    const tops = unified ? ['/sys/fs/cgroup'] : [`/sys/fs/cgroup/${controllers}`, '/sys/fs/cgroup/cpu']
    const names = path.split('/').filter((name) => name !== '' && name !== '..')
    const groups = names.map((_, index) => `/${names.slice(0, names.length - index).join('/')}`)
    return tops.flatMap((top) => [...groups, ''].map((group) => `${top}${group}/cpu.stat`))
  })
  return [...new Set(files)]
}
