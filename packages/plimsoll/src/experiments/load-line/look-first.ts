import { ask, press, pressedOf } from './ask.ts'
import { findLine } from './find-line.ts'
import { goBeyond } from './go-beyond.ts'
import { holdRate } from './hold-rate.ts'
import type { Measuring } from './measure.ts'
import type { Probe } from './seen.ts'
import { timeAlone } from './time-alone.ts'
import { warmUp } from './warm-up.ts'

/** Of the time for everything, at most. */
const WARM_UP = { share: 0.2, mostSeconds: 8 }
/** Kept back from the search for what follows it. */
const AFTER_SEARCH = { share: 0.33, mostSeconds: 17 }
/** Overload and recovery take as long. */
const BEYOND_SECONDS = 9
/** With less than this there is no time for a ramp of small steps. */
const SHORT_SECONDS = 30
/** Well above it, because a slow service answers late long before it is used up; further where that shows nothing yet. */
const ABOVE_THE_LINE = [1.5, 3]
/** Where nothing was answered in warming up, as good a place to begin as any. */
const ANY_RATE = 100

export const highestInside = (probes: readonly Probe[]): number | null => {
  const inside = probes.filter(({ side }) => side === 'inside').map(({ ratePerSecond }) => ratePerSecond)
  return inside.length === 0 ? null : Math.max(...inside)
}

type Part = { share: number; mostSeconds: number }

const secondsOf = ({ seconds }: Measuring, { share, mostSeconds }: Part) =>
  Math.min(mostSeconds, seconds * share)

const goesOn = ({ lab, field }: Measuring) => !field.signal.aborted && lab.target.exit() === null

/** Above the line, or above the lowest rate that was tried: there it shows what runs out. */
const lookBeside = async (measuring: Measuring) => {
  const { field, seen } = measuring
  const lowest = Math.min(...seen.probes.map(({ ratePerSecond }) => ratePerSecond))
  const base = seen.line?.ratePerSecond ?? highestInside(seen.probes) ?? lowest
  if (!Number.isFinite(base)) return
  for (const factor of ABOVE_THE_LINE) {
    const pressed = await press(field, base * factor)
    seen.pressed = pressedOf(pressed)
    if (pressed.usable) seen.probes.push(pressed.probe)
    if (pressed.probe.side === 'outside') return
  }
}

/** Everything, in the order in which one step needs the one before. */
export const lookFirst = async (measuring: Measuring): Promise<void> => {
  const { lab, field, seen, slow, thresholdPerSecond } = measuring
  seen.alone = await timeAlone(field, slow)
  if (field.names.length === 0) return
  seen.capacity = await warmUp(field, secondsOf(measuring, WARM_UP))
  const searchUntilMs = field.untilMs - secondsOf(measuring, AFTER_SEARCH) * 1_000
  const found = await findLine({
    ask: async (rate, options) => (await ask(field, rate, options))?.probe ?? null,
    capacityPerSecond: seen.capacity?.perSecond ?? ANY_RATE,
    thresholdPerSecond,
    isShort: measuring.seconds < SHORT_SECONDS,
    goOn: () => goesOn(measuring) && lab.nowMs() < searchUntilMs,
  })
  seen.probes.push(...found.probes)
  seen.line = found.line
  const line = found.line?.ratePerSecond ?? highestInside(found.probes)
  if (goesOn(measuring)) await lookBeside(measuring)
  if (goesOn(measuring)) seen.steady = await holdRate(measuring, line)
  const leftMs = field.untilMs - lab.nowMs()
  if (goesOn(measuring) && line !== null && leftMs > BEYOND_SECONDS * 1_000)
    seen.beyond = await goBeyond(field, lab, line)
}
