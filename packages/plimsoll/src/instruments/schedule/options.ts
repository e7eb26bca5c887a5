import type { Exchange } from '../../model/evidence.ts'
import type { Actor, Played } from '../../model/schedule.ts'
import type { Wire } from '../wire/wire.ts'
import type { Facts } from './point.ts'
import type { Waits } from './waits-for.ts'

export type PlayOptions = {
  wire: Wire
  facts: Facts
  /** sends the request; resolves with its answer (never rejects) */
  send: Record<Actor, () => Promise<Exchange>>
  /** what the steps call the request: `POST /orders` */
  labels: Record<Actor, string>
  /** shapes of statements that come without any request (jobs, keep-alives): passed and not counted */
  background: ReadonlySet<string>
  /** texts that only this request's statements carry, in a parameter or the text: a canary value, a trace id in a comment */
  marks: Record<Actor, readonly string[]>
  /**
   * sessions that wait for a lock in the store; null where the store cannot say: then a statement without an answer
   * for `silentMs`, while the other request is held, counts as waiting
   */
  waiting: (() => Promise<readonly Waits[]>) | null
  nowMs(): number
  sleep(ms: number): Promise<void>
  signal: AbortSignal
  /**
   * nothing heard of the running request for that long, while the other one is held: it waits for something that is
   * not the store; default 400
   */
  silentMs?: number
  /** longest pause between two statements of a request when it ran alone: three times that is not silence yet */
  gapMs?: number
  /** default 8,000: a turn that takes longer ends the play as unschedulable */
  turnMs?: number
}

/** `answers` holds null for a request that was never sent, or had no answer when the play ended. */
export type PlayResult = { played: Played; answers: Record<Actor, Exchange | null> }
