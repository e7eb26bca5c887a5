/** Processor time is told to users in hundredths of a second on every Linux that Node runs on. */
export const TICK_NS = 10_000_000

/** Flag of the kernel's own threads. */
const KERNEL = 0x20_0000

/** One process at one moment; times in nanoseconds. */
export type ProcessText = {
  ppid: number
  group: number
  session: number
  /** its own threads, those that ended included */
  cpuNs: number
  /** children that ended and were waited for, with their own such children */
  childNs: number
  /** a thread of the kernel's own */
  kernel: boolean
  /** tells it from another one that gets its number later */
  born: string
}

/** `/proc/<pid>/stat`; a zombie counts, because nobody has inherited its time yet. The name in brackets may itself hold brackets and spaces. */
export const readProcessStat = (text: string): ProcessText | null => {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const at = (field: number) => Number(fields[field - 3])
  if (fields.length < 20) return null
  return {
    ppid: at(4),
    group: at(5),
    session: at(6),
    cpuNs: (at(14) + at(15)) * TICK_NS,
    childNs: (at(16) + at(17)) * TICK_NS,
    kernel: Math.floor(at(9) / KERNEL) % 2 === 1,
    born: fields[19] ?? '',
  }
}

/** `schedstat` of a thread: nanoseconds on a processor come first; null where the kernel does not keep it. */
export const readSchedstat = (text: string): number | null => {
  const [onProcessor = ''] = text.trim().split(' ')
  return /^\d+$/.test(onProcessor) ? Number(onProcessor) : null
}

/** `/proc/<pid>/status`: resident kilobytes; null for a kernel thread or a process that is gone. */
export const readResidentKb = (text: string): number | null => {
  const kb = /^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1]
  return kb === undefined ? null : Number(kb)
}
