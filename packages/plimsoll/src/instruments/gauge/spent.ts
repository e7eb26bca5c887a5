import { TICK_NS } from './process-text.ts'
import type { Sample, Threads } from './snapshot.ts'

/** A process with its threads, where they were read. */
export type Member = Sample & { threads?: Threads }

/** Ticks are cut off at both ends, of user and of system time. */
const CUT_NS = 2 * TICK_NS

const keyOf = ({ pid, born }: Sample) => `${pid} ${born}`

const threadsSpent = (before: Threads | undefined, after: Threads): number[] =>
  [...after].map(([tid, ns]) => Math.max(0, ns - (before?.get(tid) ?? 0)))

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** Threads tell nanoseconds, the process tells ticks but knows the threads that ended: where it says more, it is right. */
const memberSpent = (before: Member | undefined, after: Member): number => {
  const ticks = Math.max(0, after.cpuNs - (before?.cpuNs ?? 0))
  if (after.threads === undefined) return ticks
  const precise = sum(threadsSpent(before?.threads, after.threads))
  return ticks - precise > CUT_NS ? ticks : precise
}

/**
 * Nanoseconds that a tree spent between two moments. A process that came counts whole. One that ended left its time to
 * the parent that waited for it, less what it had when we began; what nobody waited for is lost.
 */
export const spentNs = (before: readonly Member[], after: readonly Member[]): number => {
  const earlier = new Map(before.map((member) => [keyOf(member), member]))
  const alive = new Set(after.map(keyOf))
  const parents = new Set([...before, ...after].map(({ pid }) => pid))
  const inherited = sum(after.map((member) => member.childNs - (earlier.get(keyOf(member))?.childNs ?? 0)))
  const ended = before.filter((member) => !alive.has(keyOf(member)) && parents.has(member.ppid))
  const known = sum(ended.map(({ cpuNs, childNs }) => cpuNs + childNs))
  const lived = sum(after.map((member) => memberSpent(earlier.get(keyOf(member)), member)))
  return lived + Math.max(0, inherited - known)
}

/** Nanoseconds of the one thread that spent most. */
export const busiestThreadNs = (before: readonly Member[], after: readonly Member[]): number => {
  const earlier = new Map(before.map((member) => [keyOf(member), member]))
  return after.reduce((most, member) => {
    const spent = threadsSpent(earlier.get(keyOf(member))?.threads, member.threads ?? new Map())
    return Math.max(most, ...spent)
  }, 0)
}
