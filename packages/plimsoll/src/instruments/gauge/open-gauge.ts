import { cpus } from 'node:os'
import type { Gauge, GaugeReading, Watched } from './gauge.ts'
import { type MachineTotals, readMachine } from './machine.ts'
import { readResidentKb } from './process-text.ts'
import { completeReading, foreignCores } from './reading.ts'
import { type Sides, takeSides } from './sides.ts'
import { countDescriptors, textOf } from './snapshot.ts'
import { busiestThreadNs, type Member, spentNs } from './spent.ts'

type Moment = MachineTotals & { atMs: number; ownUs: number; sides: Sides | null }

/** What cannot be read is left out, never a reason to fail. */
const quietly = <T>(read: () => T): T | null => {
  try {
    return read()
  } catch {
    return null
  }
}

const look = (watched: Watched): Moment => {
  const atMs = performance.now()
  const { user, system } = process.cpuUsage()
  const sides = process.platform === 'linux' ? quietly(() => takeSides(watched)) : null
  return { atMs, ownUs: user + system, sides, ...readMachine() }
}

const added = (numbers: readonly (number | null)[]): number | null => {
  const told = numbers.filter((number) => number !== null)
  return told.length === 0 && numbers.length > 0 ? null : told.reduce((sum, number) => sum + number, 0)
}

const memoryMb = (app: readonly Member[]): number | null => {
  const kb = added(app.map(({ pid }) => readResidentKb(textOf(`/proc/${pid}/status`) ?? '')))
  return kb === null ? null : kb / 1_024
}

const difference = (before: number | null, after: number | null): number | null =>
  before === null || after === null ? null : Math.max(0, after - before)

const shares = (before: Moment, after: Moment, durationMs: number, cores: number) => {
  const perSecond = (ns: number) => ns / 1e6 / durationMs
  const spent = (side: keyof Sides) => {
    const from = before.sides?.[side]
    const to = after.sides?.[side]
    return from && to ? perSecond(spentNs(from, to)) : null
  }
  const ownPlain = (after.ownUs - before.ownUs) / 1_000 / durationMs
  const [app, stores, started, kernel, told] = [
    spent('app'),
    spent('stores'),
    spent('own'),
    spent('kernel'),
    spent('foreign'),
  ]
  const busyNs = difference(before.machine?.busyNs ?? null, after.machine?.busyNs ?? null)
  const own = ownPlain + (started ?? 0)
  const known = app === null || stores === null || told === null ? null : app + stores + own + (kernel ?? 0)
  const rest = busyNs === null || known === null || told === null ? 0 : perSecond(busyNs) - known - told
  return {
    appCores: app,
    storeCores: stores,
    ownCores: own,
    foreignCores: known === null || told === null ? null : foreignCores(told, rest, cores, durationMs),
  }
}

const compare = (before: Moment, after: Moment): GaugeReading => {
  const cores = cpus().length
  const durationMs = Math.max(after.atMs - before.atMs, Number.EPSILON)
  const app = after.sides?.app ?? null
  const busiest = app === null ? null : busiestThreadNs(before.sides?.app ?? [], app)
  const stolenNs = difference(before.machine?.stolenNs ?? null, after.machine?.stolenNs ?? null)
  const pressureUs = difference(before.pressureUs, after.pressureUs)
  return completeReading({
    durationMs,
    cores,
    ...shares(before, after, durationMs, cores),
    appBusiestThread: busiest === null ? null : Math.min(1, busiest / 1e6 / durationMs),
    appMemoryMb: app === null ? null : memoryMb(app),
    appDescriptors: app === null ? null : added(app.map(({ pid }) => countDescriptors(pid))),
    stolenCores: stolenNs === null ? null : stolenNs / 1e6 / durationMs,
    pressure: pressureUs === null ? null : Math.min(1, pressureUs / 1_000 / durationMs),
    throttledMs: difference(before.throttledMs, after.throttledMs),
  })
}

/** Reads `/proc`. Where there is none, only our own processor time is told, and the rest is named as unmeasured. */
export const openGauge = (watched: Watched): Gauge => ({
  start: () => {
    const before = look(watched)
    return () => compare(before, look(watched))
  },
})
