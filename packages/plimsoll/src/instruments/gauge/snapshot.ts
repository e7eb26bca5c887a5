import { readdirSync, readFileSync } from 'node:fs'
import { type ProcessText, readProcessStat, readSchedstat } from './process-text.ts'

/** One process at one moment. */
export type Sample = ProcessText & { pid: number }

/** thread id -> nanoseconds on a processor */
export type Threads = ReadonlyMap<string, number>

/** What a file holds; null where it is not there, or not for us. */
export const textOf = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Every live process that can be seen. */
export const listSamples = (): Map<number, Sample> => {
  const samples = new Map<number, Sample>()
  for (const name of namesIn('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const text = textOf(`/proc/${name}/stat`)
    const sample = text === null ? null : readProcessStat(text)
    const pid = Number(name)
    if (sample !== null) samples.set(pid, { pid, ...sample })
  }
  return samples
}

/** The threads of one process that live now; a kernel that does not keep their times in nanoseconds tells ticks. */
export const listThreads = (pid: number): Map<string, number> => {
  const threads = new Map<string, number>()
  for (const tid of namesIn(`/proc/${pid}/task`)) {
    const folder = `/proc/${pid}/task/${tid}`
    const precise = readSchedstat(textOf(`${folder}/schedstat`) ?? '')
    const cpuNs = precise ?? readProcessStat(textOf(`${folder}/stat`) ?? '')?.cpuNs
    if (cpuNs !== undefined) threads.set(tid, cpuNs)
  }
  return threads
}

/** Open descriptors; null where they are not ours to see. */
export const countDescriptors = (pid: number): number | null => {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return null
  }
}

/** These, and what descends from them. */
export const descendantsOf = (
  ancestors: Iterable<number>,
  samples: ReadonlyMap<number, Sample>,
): Set<number> => {
  const found = new Set(ancestors)
  for (let before = -1; before < found.size; ) {
    before = found.size
    for (const { pid, ppid } of samples.values()) if (found.has(ppid)) found.add(pid)
  }
  return found
}

/** Roots, what shares a group or session with one, and what descends from any of them. */
export const familyOf = (roots: readonly number[], samples: ReadonlyMap<number, Sample>): Set<number> => {
  const near = [...samples.values()].filter(({ pid, group, session }) =>
    roots.some((root) => root === pid || root === group || root === session),
  )
  return descendantsOf(
    near.map(({ pid }) => pid),
    samples,
  )
}
