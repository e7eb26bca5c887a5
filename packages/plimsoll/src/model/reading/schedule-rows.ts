import { formatNumber } from '../../base/text/numbers.ts'
import type { Actor, Played, PlayedStep } from '../schedule.ts'

/** How a request stands: not sent, on its way, kept back at the wire, waiting in the store, answered. */
export type LaneState = 'none' | 'running' | 'held' | 'blocked' | 'done'

/** One step of a played schedule, ready to be drawn. */
export type ScheduleRow = {
  step: PlayedStep
  /** `5.2 ms`, `1,204 ms` */
  time: string
  /** `read`, `wrote` (`write` when refused), `held`, `waits`, `sent`; empty where the text says it by itself */
  word: string
  text: string
  /** the text is a statement */
  isSql: boolean
  /** `2 rows`, `✖ 40001`, or nothing */
  result: string
  /** the store refused it, or there is no answer, or one of a server that failed (5xx) */
  failed: boolean
  before: Readonly<Record<Actor, LaneState>>
  after: Readonly<Record<Actor, LaneState>>
}

export const ACTORS: readonly Actor[] = ['A', 'B']

/** What the request is called: `POST /orders`. */
export const labelOf = (rows: readonly ScheduleRow[], actor: Actor): string =>
  rows.find(({ step }) => step.actor === actor && step.what === 'sent')?.text ?? 'not sent'

/** Always in milliseconds: what matters is how little lies between two steps. */
const timeOf = ({ atMs }: PlayedStep) =>
  `${formatNumber(atMs < 10 ? Math.round(atMs * 10) / 10 : Math.round(atMs))} ms`

const WORDS: Readonly<Partial<Record<NonNullable<PlayedStep['kind']>, string>>> = {
  read: 'read',
  write: 'wrote',
}

const wordOf = ({ what, kind, sqlstate }: PlayedStep): string => {
  if (what === 'blocked') return 'waits'
  if (what === 'statement' || what === 'released') {
    // What the store refused was not written.
    return kind === 'write' && sqlstate !== undefined ? 'write' : ((kind && WORDS[kind]) ?? '')
  }
  return what === 'answered' ? '' : what
}

const resultOf = ({ what, kind, rows, sqlstate }: PlayedStep): string => {
  if (what !== 'statement' && what !== 'released') return ''
  if (sqlstate !== undefined) return `✖ ${sqlstate}`
  if (rows === null || rows === undefined || (kind !== 'read' && kind !== 'write')) return ''
  return rows === 1 ? '1 row' : `${rows} rows`
}

const NEXT: Readonly<Record<PlayedStep['what'], LaneState>> = {
  sent: 'running',
  statement: 'running',
  held: 'held',
  released: 'running',
  blocked: 'blocked',
  answered: 'done',
}

const follow = (state: LaneState, what: PlayedStep['what'], answered: boolean): LaneState => {
  if (what === 'answered') return state === 'held' ? 'held' : 'done'
  return answered && NEXT[what] === 'running' ? 'done' : NEXT[what]
}

/** The steps in order, each with how both requests stand before and after it. */
export const scheduleRows = ({ steps }: Pick<Played, 'steps'>): ScheduleRow[] => {
  let states: Record<Actor, LaneState> = { A: 'none', B: 'none' }
  const answered = new Set<Actor>()
  return steps.map((step) => {
    const before = states
    if (step.what === 'answered') answered.add(step.actor)
    const state = follow(before[step.actor], step.what, answered.has(step.actor))
    states = { ...before, [step.actor]: state }
    return {
      step,
      time: timeOf(step),
      word: wordOf(step),
      text: step.text.replace(/\s+/g, ' '),
      isSql: step.what !== 'sent' && step.what !== 'answered',
      result: resultOf(step),
      failed: step.sqlstate !== undefined || (step.what === 'answered' && !/^[1-4]\d\d$/.test(step.text)),
      before,
      after: states,
    }
  })
}
