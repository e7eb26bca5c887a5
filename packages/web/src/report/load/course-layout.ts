import { formatDigits, formatDuration } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { Course } from '../../../../plimsoll/src/model/evidence.ts'
import { type Plot, roundSteps, type Tick, thin } from './scale.ts'

const LEFT = 50
const RIGHT = 12
const HEAD = 24
const LANE = 58
const GAP = 14
const FOOT = 24

export type CourseLane = {
  series: Course['series'][number]
  plot: Plot
  ticks: Tick[]
  dots: ({ x: number; y: number } | null)[]
}
export type CourseLayout = {
  width: number
  height: number
  lanes: CourseLane[]
  moments: { x: number; text: string }[]
  seconds: Tick[]
}

/** `112`, `0.041`: as many digits as tell one value of a series from the next. */
export const formatValue = (value: number): string => formatDigits(value, 4)

const laneOf = (series: CourseLane['series'], plot: Plot, xs: readonly number[]): CourseLane => {
  const known = series.values.filter((value) => value !== null)
  const [low, high] = known.length === 0 ? [0, 1] : [Math.min(...known), Math.max(...known)]
  // A line that hardly moves must not look like a mountain: the scale is never finer than a tenth of its height.
  const around = Math.max((high - low) * 0.12, Math.abs(high) * 0.05, 1e-9)
  const [least, most] = [low - around, high + around]
  const y = (value: number) => plot.bottom - ((value - least) / (most - least)) * (plot.bottom - plot.top)
  return {
    series,
    plot,
    ticks: thin(
      [...new Set([high, low])].map((value) => ({ at: y(value), text: formatValue(value) })),
      14,
    ),
    dots: series.values.map((value, index) =>
      value === null ? null : { x: xs[index] ?? plot.left, y: y(value) },
    ),
  }
}

/** Every series in a lane of its own, one time for all of them. */
export const layOutCourse = ({ atSeconds, series }: Course, width: number): CourseLayout => {
  const right = Math.max(LEFT + 120, width - RIGHT)
  const start = atSeconds[0] ?? 0
  const endS = Math.max(1e-9, (atSeconds.at(-1) ?? 1) - start)
  const x = (seconds: number) => LEFT + ((seconds - start) / endS) * (right - LEFT)
  const xs = atSeconds.map(x)
  const lanes = series.map((it, index) => {
    const top = HEAD + index * (HEAD + LANE + GAP)
    return laneOf(it, { left: LEFT, right, top, bottom: top + LANE }, xs)
  })
  const unitS = endS >= 240 ? 60 : 1
  const seconds = roundSteps(endS / unitS, right - LEFT, 90).map((count) => ({
    at: x(start + count * unitS),
    text: count === 0 ? '0' : formatDuration(count * unitS * 1_000).replace('.0 s', ' s'),
  }))
  return {
    width,
    height: (lanes.at(-1)?.plot.bottom ?? HEAD) + FOOT,
    lanes,
    moments: xs.map((at, index) => ({
      x: at,
      text: formatDuration(((atSeconds[index] ?? start) - start) * 1_000),
    })),
    seconds,
  }
}
