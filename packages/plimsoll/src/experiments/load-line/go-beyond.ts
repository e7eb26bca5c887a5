import type { Lab } from '../../lab/lab.ts'
import type { Window } from '../../lab/load/window.ts'
import type { Field } from './field.ts'
import type { Beyond } from './seen.ts'

type Tick = Window['load']['ticks'][number]

const TIMES_THE_LINE = 2
const SECONDS = 3
const TIMEOUT_MS = 4_000
const WATCHED_SECONDS = 5
/** Tenths of a second in a row that must be inside again. */
const WELL_TICKS = 3

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/**
 * Tenths of a second until three in a row are inside; null when there are none. What has no answer yet is not well, and
 * tenths in which nothing was meant to leave say nothing.
 */
export const wellAfter = (ticks: readonly Tick[]): number | null => {
  const isWell = ({ meant, good, slow, failed }: Tick) =>
    slow + failed <= meant * 0.05 && good >= meant * 0.95
  const at = ticks.findIndex((_, index) => {
    const row = ticks.slice(index, index + WELL_TICKS)
    return row.length === WELL_TICKS && row.every(isWell) && row.some(({ meant }) => meant > 0)
  })
  return at < 0 ? null : at
}

/** A quick 429 is no answer in time. */
export const inTime = ({ meant, good, slow, failed }: Tick) =>
  Math.max(0, Math.min(good, meant - slow - failed))

const errorsOf = ({ load }: Window): Record<string, number> => {
  const all: Record<string, number> = {}
  for (const { errors, statuses } of load.operations) {
    const failed = Object.entries(statuses).filter(([status]) => Number(status) >= 500)
    for (const [name, count] of [...Object.entries(errors), ...failed]) all[name] = (all[name] ?? 0) + count
  }
  return all
}

/** Twice what it carries for a while, then half of it: whether it sheds what it cannot do, and gets well by itself. */
export const goBeyond = async (
  field: Field,
  lab: Pick<Lab, 'target'>,
  linePerSecond: number,
): Promise<Beyond> => {
  const { bench, limits, names } = field
  const send = (ratePerSecond: number, seconds: number, stopWhen?: (ticks: readonly Tick[]) => boolean) =>
    bench.window({
      arrivals: { kind: 'poisson', ratePerSecond },
      ...{ seconds, slowMs: limits.slowMs, only: names, timeoutMs: TIMEOUT_MS, connections: 512 },
      ...(stopWhen && { stopWhen }),
    })
  const ratePerSecond = linePerSecond * TIMES_THE_LINE
  const { load, ...rest } = await send(ratePerSecond, SECONDS)
  const drainSeconds = Math.max(0, load.durationMs - load.sendingMs) / 1_000
  const after = await send(linePerSecond / 2, WATCHED_SECONDS, (ticks) => {
    const well = wellAfter(ticks.slice(0, -2))
    return well !== null
  })
  const well = wellAfter(after.load.ticks)
  const statuses = load.operations.map((one) => one.statuses)
  return {
    ratePerSecond,
    seconds: load.sendingMs / 1_000,
    inTimePerSecond: sum(load.ticks.map(inTime)) / Math.max(0.1, load.sendingMs / 1_000),
    n: sum(load.operations.map(({ meant }) => meant)),
    shed: sum(statuses.map((by) => (by['503'] ?? 0) + (by['429'] ?? 0))),
    errors: errorsOf({ load, ...rest }),
    recoveredSeconds: well === null ? null : drainSeconds + well / 10,
    watchedSeconds: drainSeconds + after.load.sendingMs / 1_000,
    exited: lab.target.exit() !== null,
  }
}
