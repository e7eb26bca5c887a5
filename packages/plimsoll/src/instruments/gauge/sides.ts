import type { Watched } from './gauge.ts'
import { readSchedstat } from './process-text.ts'
import { descendantsOf, familyOf, listSamples, listThreads, type Sample, textOf } from './snapshot.ts'
import type { Member } from './spent.ts'

/** Whom each process works for at one moment; our own process, which knows itself better, is in none. */
export type Sides = {
  app: Member[]
  /** null where they run out of our sight */
  stores: Member[] | null
  /** what we started besides the app and the stores, such as the watchdog */
  own: Member[]
  kernel: Member[]
  foreign: Member[]
}

/** Stores may have hundreds of processes of one thread each; of one with more, the ticks tell the rest. */
const withMainThread = (sample: Sample): Member => {
  const cpuNs = readSchedstat(textOf(`/proc/${sample.pid}/schedstat`) ?? '')
  return cpuNs === null ? sample : { ...sample, threads: new Map([[String(sample.pid), cpuNs]]) }
}

const withThreads = (sample: Sample): Member => {
  const threads = listThreads(sample.pid)
  return threads.size === 0 ? sample : { ...sample, threads }
}

/** A process is the app's before it is a store's, and a store's before it is ours: we started them all. */
export const takeSides = (watched: Watched): Sides => {
  const samples = listSamples()
  const storeRoots = watched.stores()
  const app = familyOf(watched.app(), samples)
  const stores = familyOf(storeRoots ?? [], samples)
  const started = descendantsOf([process.pid], samples)
  const sides = { app: [], stores: [], own: [], kernel: [], foreign: [] } satisfies Record<keyof Sides, []>
  const taken: { [side in keyof Sides]: Member[] } = sides
  for (const sample of samples.values()) {
    const { pid, kernel } = sample
    if (pid === process.pid) continue
    if (app.has(pid)) taken.app.push(withThreads(sample))
    else if (stores.has(pid)) taken.stores.push(withMainThread(sample))
    else if (started.has(pid)) taken.own.push(sample)
    else (kernel ? taken.kernel : taken.foreign).push(sample)
  }
  return { ...taken, stores: storeRoots === null ? null : taken.stores }
}
