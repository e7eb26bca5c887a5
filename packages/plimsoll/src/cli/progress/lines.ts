import { formatDuration } from '../../base/text/numbers.ts'
import { truncate, visibleWidth } from '../../base/text/wrap.ts'
import type { ProgressEvent } from '../../model/progress.ts'
import { type PlanState, secondsLeft } from './plan-state.ts'

const LABEL = 9

/** `  survey   14 routes · Fastify 5                0.4 s`, the end at the right edge. */
const row = (label: string, text: string, end: string, width: number): string => {
  const left = `  ${label.padEnd(LABEL - 1)} `
  const room = width - left.length - end.length - (end === '' ? 0 : 2)
  const cut = truncate(text, Math.max(10, room))
  const gap = ' '.repeat(Math.max(0, room - visibleWidth(cut)))
  return end === '' ? `${left}${cut}` : `${left}${cut}${gap}  ${end}`
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
      return row('survey', event.line, formatDuration(event.durationMs), width)
    case 'lab-step': {
      const text = `${event.command} · ${event.outcome}`
      return row('', `${event.step}: ${text}`, formatDuration(event.durationMs), width)
    }
    case 'lab-ready':
      return row('lab', event.line, formatDuration(event.durationMs), width)
    case 'plan':
      return event.probes.length === 0 ? row('prove', 'nothing to run', '', width) : null
    case 'probe-finished': {
      const total = state.planned.size
      const place = total === 0 ? '' : `${state.finished.size}/${total}`
      const text = `${signOf(event)} ${event.title} · ${countsOf(event)}`
      return row(
        'prove',
        place === '' ? text : `${place.padStart(5)}  ${text}`,
        formatDuration(event.durationMs),
        width,
      )
    }
    case 'note':
      return row('note', event.text, '', width)
    default:
      return null
  }
}

const wholeSeconds = (seconds: number) => (seconds < 10 ? `${seconds} s` : formatDuration(seconds * 1000))

const left = (seconds: number | null) =>
  seconds === null ? '' : `~${wholeSeconds(Math.max(1, seconds))} left`

const runningText = ({ title, done, of }: { title: string; done: number; of: number }) =>
  of > 1 ? `${title} · again, ${Math.min(done + 1, of)} of ${of}` : title

/** What runs and how long is left: one line for each probe that runs, the first with the bar. */
export const blockLines = (state: PlanState, nowMs: number, width: number): string[] => {
  const total = state.planned.size
  if (state.running.size === 0 && state.finished.size >= total) return []
  const cells = width < 60 || total === 0 ? 0 : 14
  const filled = Math.round((state.finished.size / total) * cells)
  const bar = cells === 0 ? '' : `${'▓'.repeat(filled)}${'░'.repeat(cells - filled)} `
  const head = total === 0 ? '' : `${state.finished.size}/${total} ${bar}`
  const [first, ...others] = [...state.running.values()].map(runningText)
  return [
    row('prove', `${head}${first ?? 'preparing'}`, left(secondsLeft(state, nowMs)), width - 1),
    ...others.slice(0, 3).map((text) => row('', `${' '.repeat(head.length)}${text}`, '', width - 1)),
  ]
}

/** Before there is a plan: what is going on, for how long. */
export const waitingLine = (label: string, sinceMs: number, width: number): string =>
  row(label, '…', wholeSeconds(Math.floor(sinceMs / 1000)), width - 1)

/** Where there is no screen to redraw: that it still goes on. */
export const heartbeatLine = (state: PlanState, nowMs: number, width: number): string => {
  const running = [...state.running.values()].map(runningText).join(', ')
  return row('…', running === '' ? 'working' : running, left(secondsLeft(state, nowMs)), width)
}
