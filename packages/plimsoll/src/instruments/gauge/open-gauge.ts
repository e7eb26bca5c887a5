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
  return { atMs, ownUs: user + system, sides: quietly(() => takeSides(watched)), ...readMachine() }
}

const added = (numbers: readonly (number | null)[]): number | null => {
  const told = numbers.filter((number) => number !== null)
  return told.length === 0 && numbers.length > 0 ? null : told.reduce((sum, number) => sum + number, 0)
}

const residentKb = ({ pid, residentKb: told }: Member) =>
  told ?? readResidentKb(textOf(`/proc/${pid}/status`) ?? '')

const memoryMb = (app: readonly Member[]): number | null => {
  const kb = added(app.map(residentKb))
  return kb === null ? null : kb / 1_024
}

const difference = (before: number | null, after: number | null): number | null =>
  before === null || after === null ? null : Math.max(0, after - before)

/** Of the time between, what some process waited; null where the system does not tell. */
const waited = (before: number | null, after: number | null, durationMs: number): number | null => {
  const us = difference(before, after)
  return us === null ? null : Math.min(1, us / 1_000 / durationMs)
}

const shares = (before: Moment, after: Moment, durationMs: number, cores: number) => {
  const perSecond = (ns: number) => ns / 1e6 / durationMs
  const spent = (side: keyof Sides) => {
    const from = before.sides?.[side]
    const to = after.sides?.[side]
    return from && to ? perSecond(spentNs(from, to)) : null
  }
  const [app, stores, told] = [spent('app'), spent('stores'), spent('foreign')]
  const own = (after.ownUs - before.ownUs) / 1_000 / durationMs + (spent('own') ?? 0)
  const busyNs = difference(before.machine?.busyNs ?? null, after.machine?.busyNs ?? null)
  const stolenNs = difference(before.machine?.stolenNs ?? null, after.machine?.stolenNs ?? null)
  const isAllTold = app !== null && stores !== null && told !== null
  const accounted = isAllTold ? app + stores + told + own + (spent('kernel') ?? 0) : 0
  const rest = isAllTold && busyNs !== null ? perSecond(busyNs) - accounted : 0
  return {
    appCores: app,
    storeCores: stores,
    ownCores: own,
    foreignCores: isAllTold ? foreignCores(told, rest, cores, durationMs) : null,
    stolenCores: stolenNs === null ? null : perSecond(stolenNs),
  }
}

/** An app whose threads cannot be told apart has no busiest one. */
const busiestThread = (before: Moment, after: Moment, durationMs: number): number | null => {
  const app = after.sides?.app
  if (app === undefined || (app.length > 0 && app.every(({ threads }) => threads === undefined))) return null
  return Math.min(1, busiestThreadNs(before.sides?.app ?? [], app) / 1e6 / durationMs)
}

const compare = (before: Moment, after: Moment): GaugeReading => {
  const cores = cpus().length
  const durationMs = Math.max(after.atMs - before.atMs, Number.EPSILON)
  const app = after.sides?.app ?? null
  return completeReading({
    durationMs,
    cores,
    ...shares(before, after, durationMs, cores),
    appBusiestThread: busiestThread(before, after, durationMs),
    appMemoryMb: app === null ? null : memoryMb(app),
    appDescriptors: app === null ? null : added(app.map(({ pid }) => countDescriptors(pid))),
    pressure: waited(before.pressureUs, after.pressureUs, durationMs),
    memoryPressure: waited(before.memoryPressureUs, after.memoryPressureUs, durationMs),
    throttledMs: difference(before.throttledMs, after.throttledMs),
  })
}

/**
 * Reads `/proc`, or asks `ps` where there is none: that tells neither threads, descriptors, steal, pressure nor limits,
 * and nothing of processes that came and went in between.
 */
export const openGauge = (watched: Watched): Gauge => ({
  start: () => {
    const before = look(watched)
    return () => compare(before, look(watched))
  },
})
