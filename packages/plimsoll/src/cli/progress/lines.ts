import { formatDuration } from '../../base/text/numbers.ts'
import { truncate, visibleWidth } from '../../base/text/wrap.ts'
import type { ProgressEvent } from '../../model/progress.ts'
import { type PlanState, secondsLeft } from './plan-state.ts'

const LABEL = 9

type Row = { label: string; text: string; keep?: string; end?: string }

/** `  survey   14 routes · Fastify 5      0.4 s`: `text` is cut where it must be, `keep` and `end` never are. */
const row = ({ label, text, keep = '', end = '' }: Row, width: number): string => {
  const left = `  ${label.padEnd(LABEL - 1)} `
  const room = width - left.length - end.length - (end === '' ? 0 : 2)
  const said = `${truncate(text, Math.max(10, room - keep.length))}${keep}`
  const gap = end === '' ? '' : ' '.repeat(Math.max(0, room - visibleWidth(said)) + 2)
  return `${left}${said}${gap}${end}`
}

type Finished = Extract<ProgressEvent, { kind: 'probe-finished' }>

const SIGNS = { refuted: '✖', proven: '✓', open: '?', errored: '!', left: '–' } as const

const signOf = (event: Finished): string => {
  if (event.outcome === 'errored') return SIGNS.errored
  if (event.outcome !== 'ran') return SIGNS.left
  if (event.refuted > 0) return SIGNS.refuted
  return event.inconclusive > 0 ? SIGNS.open : SIGNS.proven
}

const countsOf = (event: Finished): string => {
  if (event.outcome !== 'ran') return event.outcome.replace('-', ' ')
  const counts = [
    [event.refuted, 'refuted'],
    [event.proven, 'proven'],
    [event.inconclusive, 'inconclusive'],
  ] as const
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  return said.length > 0 ? said.join(', ') : 'nothing to judge'
}

/** The line that stays when something ended; null for what only the block shows. */
export const lineOf = (event: ProgressEvent, state: PlanState, width: number): string | null => {
  switch (event.kind) {
    case 'survey':
      return row({ label: 'survey', text: event.line, end: formatDuration(event.durationMs) }, width)
    case 'lab-step': {
      const text = `${event.command} · ${event.outcome}`
      return row({ label: '', text: `${event.step}: ${text}`, end: formatDuration(event.durationMs) }, width)
    }
    case 'lab-ready':
      return row({ label: 'lab', text: event.line, end: formatDuration(event.durationMs) }, width)
    case 'plan':
      return event.probes.length === 0 ? row({ label: 'prove', text: 'nothing to run' }, width) : null
    case 'probe-finished': {
      const total = state.planned.size
      const place = total === 0 ? '' : `${state.finished.size}/${total}`
      const text = `${place === '' ? '' : `${place.padStart(5)}  `}${signOf(event)} ${event.title}`
      const keep = ` · ${countsOf(event)}`
      return row({ label: 'prove', text, keep, end: formatDuration(event.durationMs) }, width)
    }
    case 'note':
      return row({ label: 'note', text: event.text }, width)
    default:
      return null
  }
}

const wholeSeconds = (seconds: number) => (seconds < 10 ? `${seconds} s` : formatDuration(seconds * 1000))

const left = (seconds: number | null) =>
  seconds === null ? '' : `~${wholeSeconds(Math.max(1, seconds))} left`

type Running = { title: string; done: number; of: number }

const againText = ({ done, of }: Running) => (of > 1 ? ` · again, ${Math.min(done + 1, of)} of ${of}` : '')

/** What runs and how long is left: one line for each probe that runs, the first with the bar. */
export const blockLines = (state: PlanState, nowMs: number, width: number): string[] => {
  const total = state.planned.size
  if (state.running.size === 0 && state.finished.size >= total) return []
  const cells = width < 60 || total === 0 ? 0 : 14
  const filled = Math.round((state.finished.size / total) * cells)
  const bar = cells === 0 ? '' : `${'▓'.repeat(filled)}${'░'.repeat(cells - filled)} `
  const head = total === 0 ? '' : `${state.finished.size}/${total} ${bar}`
  const [first, ...others] = state.running.values()
  const end = left(secondsLeft(state, nowMs))
  const keep = first === undefined ? '' : againText(first)
  return [
    row({ label: 'prove', text: `${head}${first?.title ?? 'preparing'}`, keep, end }, width - 1),
    ...others.slice(0, 3).map((it) => {
      const text = `${' '.repeat(head.length)}${it.title}`
      return row({ label: '', text, keep: againText(it) }, width - 1)
    }),
  ]
}

/** Before there is a plan: what is going on, for how long. */
export const waitingLine = (label: string, sinceMs: number, width: number, doing = '…'): string =>
  row({ label, text: doing, end: wholeSeconds(Math.floor(sinceMs / 1000)) }, width - 1)

/** Where there is no screen to redraw: that it still goes on. */
export const heartbeatLine = (state: PlanState, nowMs: number, width: number, doing = 'working'): string => {
  const running = [...state.running.values()].map((it) => `${it.title}${againText(it)}`).join(', ')
  const text = running === '' ? doing : running
  return row({ label: '…', text, end: left(secondsLeft(state, nowMs)) }, width)
}
