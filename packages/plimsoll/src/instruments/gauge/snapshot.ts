import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { type ProcessText, readProcessStat, readSchedstat } from './process-text.ts'
import { PS_COLUMNS, readPs } from './ps-text.ts'

/** One process at one moment. */
export type Sample = ProcessText & { pid: number; residentKb?: number }

/** thread id -> nanoseconds on a processor */
export type Threads = ReadonlyMap<string, number>

const buffer = Buffer.allocUnsafe(8_192)

/**
 * What a file of the kernel begins with, which is enough of each that we read; null where it is not there, or not for us.
 * Hundreds are read in a row, and without asking for their size this takes a third less time.
 */
export const textOf = (file: string): string | null => {
  let descriptor: number | null = null
  try {
    descriptor = openSync(file, 'r')
    return buffer.toString('latin1', 0, readSync(descriptor, buffer))
  } catch {
    return null
  } finally {
    if (descriptor !== null) closeSync(descriptor)
  }
}

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

const fromProc = (): Sample[] =>
  namesIn('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const sample = readProcessStat(textOf(`/proc/${name}/stat`) ?? '')
      return sample === null ? [] : [{ pid: Number(name), ...sample }]
    })

const fromPs = (): Sample[] => readPs(execFileSync('ps', ['-axo', PS_COLUMNS], { encoding: 'utf8' }))

/** Every live process that can be seen. Throws where there is neither `/proc` nor `ps`. */
export const listSamples = (platform: NodeJS.Platform = process.platform): Map<number, Sample> => {
  const samples = platform === 'linux' ? fromProc() : fromPs()
  return new Map(samples.map((sample) => [sample.pid, sample]))
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
