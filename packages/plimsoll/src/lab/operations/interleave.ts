import { type PlayOptions, play, playQueued } from '../../instruments/schedule/play.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Actor, Played, Schedule } from '../../model/schedule.ts'
import type { Lab, RequestOptions } from '../lab.ts'
import type { ControlledStore } from './controlled-store.ts'
import { settle } from './settle.ts'

export type InterleaveOptions = {
  /** shapes that come without any request */
  background: ReadonlySet<string>
  /** the longest wait between two statements that either request was seen to make on its own */
  gapMs?: number
  signal: AbortSignal
}

export type Interleaved = { played: Played; answers: Record<Actor, Exchange | null>; settled: boolean }

const LEAST = 8

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return value.length >= LEAST ? [value] : []
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap(textsIn)
}

/** Texts that only one of the two requests carries: its statements are known by them. */
const marksOf = (own: RequestOptions, other: RequestOptions, trace: string): string[] => {
  const theirs = new Set(textsIn(other.body))
  return [trace, ...textsIn(own.body).filter((text) => !theirs.has(text))]
}

const traced = (request: RequestOptions, trace: string): RequestOptions => ({
  ...request,
  headers: { ...request.headers, traceparent: `00-${trace}-0000000000000001-01` },
})

const hex = (lab: Pick<Lab, 'random'>) =>
  Array.from({ length: 32 }, () => '0123456789abcdef'[lab.random.integer(0, 15)]).join('')

const optionsFor = (
  lab: Lab,
  { wire, facts, waiting }: ControlledStore,
  requests: Record<Actor, RequestOptions>,
  { background, gapMs, signal }: InterleaveOptions,
): PlayOptions => {
  const traces = { A: hex(lab), B: hex(lab) }
  const send = (actor: Actor) => () =>
    lab.http.request({
      bodyLimit: 16_384,
      timeoutMs: 20_000,
      ...traced(requests[actor], traces[actor]),
      signal,
    })
  const label = ({ method, path }: RequestOptions) => `${method} ${path}`
  return {
    ...{ wire, facts, waiting, background, signal, nowMs: lab.nowMs, sleep: lab.sleep },
    send: { A: send('A'), B: send('B') },
    labels: { A: label(requests.A), B: label(requests.B) },
    marks: {
      A: marksOf(requests.A, requests.B, traces.A),
      B: marksOf(requests.B, requests.A, traces.B),
    },
    ...(gapMs !== undefined && { gapMs }),
  }
}

/** Sends two requests whose statements reach the store in the order that the schedule says. */
export const interleave = async (
  lab: Lab,
  controlled: ControlledStore,
  requests: Record<Actor, RequestOptions>,
  schedule: Schedule,
  options: InterleaveOptions,
): Promise<Interleaved> => {
  const { played, answers } = await play(schedule, optionsFor(lab, controlled, requests, options))
  return { played, answers, settled: await settle(lab, controlled.wire, options.background) }
}

/** For an app that lets one request at a time to the store: both wait in its queue, and take turns from there. */
export const interleaveQueued = async (
  lab: Lab,
  controlled: ControlledStore,
  requests: Record<Actor, RequestOptions>,
  options: InterleaveOptions,
): Promise<Interleaved> => {
  const { played, answers } = await playQueued(optionsFor(lab, controlled, requests, options))
  return { played, answers, settled: await settle(lab, controlled.wire, options.background) }
}
