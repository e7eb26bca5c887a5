import { formatCount, formatDuration } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { Timeline } from '../../../../plimsoll/src/model/evidence.ts'
import { outcomeOf } from './outcome.ts'

const distinct = (values: readonly (string | undefined)[]) => [...new Set(values.filter(Boolean))].join(', ')

/** How one kind of request fared: `GET /rooms: 15 ok, 2 errors (500), 43 without an answer (ECONNREFUSED)`. */
const laneSentence = (label: string, timeline: Timeline): string => {
  const own = timeline.requests.filter((it) => it.label === label)
  const having = (outcome: ReturnType<typeof outcomeOf>) => own.filter((it) => outcomeOf(it) === outcome)
  const errors = having('error')
  const none = having('none')
  const parts = [`${having('ok').length} ok`]
  if (errors.length > 0) {
    parts.push(`${formatCount(errors.length, 'error')} (${distinct(errors.map((it) => String(it.status)))})`)
  }
  if (none.length > 0) {
    parts.push(
      `${none.length} without an answer (${distinct(none.map((it) => it.error)) || 'no reason given'})`,
    )
  }
  const slowestMs = own.reduce((most, it) => Math.max(most, it.durationMs), 0)
  return `${label}: ${parts.join(', ')}; slowest ${formatDuration(slowestMs)}. ${recovery(own, timeline)}`
}

const recovery = (own: Timeline['requests'], timeline: Timeline): string => {
  const endMs = timeline.bands.reduce((most, band) => Math.max(most, band.toMs), Number.NEGATIVE_INFINITY)
  if (!Number.isFinite(endMs)) return ''
  const after = own.filter((it) => it.atMs + it.durationMs >= endMs && it.atMs >= endMs)
  if (after.length === 0) return 'Not asked after the fault.'
  const firstGood = after.find((it) => outcomeOf(it) === 'ok')
  if (firstGood === undefined) return 'No good answer after the fault.'
  return `First good answer ${formatDuration(Math.max(0, firstGood.atMs + firstGood.durationMs - endMs))} after the fault.`
}

/** The chart in words, for who cannot see it and for who wants the numbers. */
export const summariseTimeline = (timeline: Timeline): string[] =>
  [...new Set(timeline.requests.map((it) => it.label))].map((label) => laneSentence(label, timeline).trim())
