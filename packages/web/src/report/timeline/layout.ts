import { formatDuration } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { Timeline } from '../../../../plimsoll/src/model/evidence.ts'
import { type Dot, type Outcome, outcomeOf } from './outcome.ts'

const LEFT = 52
const RIGHT = 10
const LABEL_ROW = 16
const LANE = 104
const LANE_GAP = 36
const AXIS = 24
/** Lanes beyond these share the last one. */
const MOST_LANES = 4
const CHARACTER = 6.1

export type Placed = { x: number; y: number; outcome: Outcome; dot: Dot }
export type Caption = { x: number; y: number; anchor: 'start' | 'middle' | 'end'; text: string }
export type TimelineLayout = {
  width: number
  height: number
  plot: { left: number; right: number; top: number; bottom: number }
  lanes: {
    label: string
    top: number
    bottom: number
    dots: Placed[]
    ticks: { y: number; text: string }[]
  }[]
  bands: { x: number; width: number; caption: Caption }[]
  marks: { x: number; caption: Caption }[]
  seconds: { x: number; text: string }[]
}

/** Round steps for an axis of that length, about one for every 90 pixels. */
export const stepFor = (durationMs: number, widthPx: number): number => {
  const wanted = durationMs / Math.max(2, widthPx / 90)
  const steps = [
    100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  ]
  return steps.find((it) => it >= wanted) ?? 3_600_000
}

const DECADES = [0.1, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

/** A log scale over whole decades that hold all durations. */
const createScale = (durations: readonly number[]) => {
  const least = durations.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const most = durations.reduce((a, b) => Math.max(a, b), 0)
  const low = DECADES.findLast((it) => it <= Math.max(0.1, Math.min(least, 1))) ?? 0.1
  const high = DECADES.find((it) => it >= Math.max(most, low * 100)) ?? 1_000_000
  const span = Math.log10(high / low)
  return {
    at: (ms: number) => Math.min(1, Math.max(0, Math.log10(Math.max(ms, low) / low) / span)),
    ticks: DECADES.filter((it) => it >= low && it <= high),
  }
}

const lanesOf = (timeline: Timeline): { label: string; dots: Dot[] }[] => {
  const labels = [...new Set(timeline.requests.map((it) => it.label))]
  const own = labels.length > MOST_LANES ? labels.slice(0, MOST_LANES - 1) : labels
  const others = labels.slice(own.length)
  const lanes = own.map((label) => ({ label, dots: timeline.requests.filter((it) => it.label === label) }))
  if (others.length === 0) return lanes
  const rest = timeline.requests.filter((it) => others.includes(it.label))
  return [...lanes, { label: `${others.length} more`, dots: rest }]
}

/** Puts each caption into the first row above the plot where it does not touch another one. */
const createRows = (left: number, right: number) => {
  const rows: [number, number][][] = []
  const place = (x: number, text: string): Caption => {
    const length = text.length * CHARACTER
    const from = Math.max(left, Math.min(x - length / 2, right - length))
    const taken = ([a, b]: [number, number]) => from < b + 10 && a < from + length + 10
    const free = rows.findIndex((row) => !row.some(taken))
    const row = free === -1 ? rows.push([]) - 1 : free
    rows[row]?.push([from, from + length])
    return { x: from, y: row * LABEL_ROW + 11, anchor: 'start', text }
  }
  return { place, height: () => rows.length * LABEL_ROW }
}

/** Where everything goes, in CSS pixels. Pure: the same timeline and width give the same drawing. */
export const layOutTimeline = (timeline: Timeline, width: number): TimelineLayout => {
  const left = LEFT
  const right = Math.max(LEFT + 80, width - RIGHT)
  const endMs = Math.max(1, timeline.durationMs, ...timeline.marks.map((it) => it.atMs))
  const x = (ms: number) => left + (Math.min(Math.max(ms, 0), endMs) / endMs) * (right - left)

  const rows = createRows(left, right)
  const bands = timeline.bands.map((band) => {
    const from = x(band.fromMs)
    const to = Math.max(from + 2, x(band.toMs))
    return { x: from, width: to - from, caption: rows.place((from + to) / 2, band.label) }
  })
  const marks = timeline.marks.map((mark) => ({
    x: x(mark.atMs),
    caption: rows.place(x(mark.atMs), mark.label),
  }))

  const top = rows.height() + 6
  const scale = createScale(timeline.requests.map((it) => it.durationMs))
  const lanes = lanesOf(timeline).map(({ label, dots }, index) => {
    const laneTop = top + LANE_GAP + index * (LANE + LANE_GAP)
    const bottom = laneTop + LANE
    const y = (ms: number) => bottom - scale.at(ms) * LANE
    return {
      label,
      top: laneTop,
      bottom,
      dots: dots.map((dot) => ({ x: x(dot.atMs), y: y(dot.durationMs), outcome: outcomeOf(dot), dot })),
      ticks: scale.ticks.map((ms) => ({ y: y(ms), text: formatDuration(ms).replace('.0', '') })),
    }
  })
  const bottom = lanes.at(-1)?.bottom ?? top + 20
  const stepMs = stepFor(endMs, right - left)
  const seconds = Array.from({ length: Math.floor(endMs / stepMs) + 1 }, (_, index) => ({
    x: x(index * stepMs),
    text: index === 0 ? '0' : formatDuration(index * stepMs).replace('.0', ''),
  }))
  return {
    width,
    height: bottom + AXIS,
    plot: { left, right, top, bottom },
    lanes,
    bands,
    marks,
    seconds,
  }
}
