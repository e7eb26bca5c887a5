import type { Sample } from './snapshot.ts'

const SECONDS = [1, 60, 3_600]

/** `4:31.87` (minutes), `01:02:03`, `2-01:02:03` (days); nanoseconds. */
const readTime = (text: string): number => {
  const [clock = '', days = '0'] = text.split('-').reverse()
  const parts = clock.split(':').reverse().map(Number)
  const seconds = parts.reduce((sum, part, index) => sum + part * (SECONDS[index] ?? 0), 0)
  return (seconds + Number(days) * 86_400) * 1e9
}

/** What `PS_COLUMNS` of `ps` tell: less than `/proc`, but on every system that has it. */
export const readPs = (text: string): Sample[] =>
  text.split('\n').flatMap((line) => {
    const [pid, ppid, group, time, resident] = line.trim().split(/\s+/)
    if (pid === undefined || time === undefined || resident === undefined) return []
    return [
      {
        ...{ pid: Number(pid), ppid: Number(ppid), group: Number(group), session: Number(group) },
        ...{ cpuNs: readTime(time), childNs: 0, kernel: false, born: '', residentKb: Number(resident) },
      },
    ]
  })

export const PS_COLUMNS = 'pid=,ppid=,pgid=,time=,rss='
