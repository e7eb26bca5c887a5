import type { Agenda, Share } from './agenda.ts'
import type { Exchange } from './exchange.ts'
import { createGivingUp } from './give-up.ts'
import type { LoadPlan, LoadTick } from './load.ts'
import type { LoadPart } from './messages.ts'
import { openLines } from './open-lines.ts'
import { createPace } from './pace.ts'
import { createPool } from './pool.ts'
import { readCpuMs } from './read-cpu.ts'
import { createTally } from './tally.ts'

const QUEUE = 100_000
/** How often time-outs are looked for, and whether a tenth of a second is over. */
const BEAT_MS = 50
/** Where the next request waits for the last one's answer, and that one failed. */
const AFTER_FAILURE_MS = 1

type Options = {
  plan: LoadPlan
  share: Share
  agenda: Agenda
  startMs: number
  nowMs(): number
  onTick(tick: LoadTick): void
  onEnd(part: LoadPart): void
}

export type Sending = {
  /** sends no more, and gives up what is unanswered after that time */
  stop(graceMs: number): void
}

const part = (count: number, { index, of }: Share) => Math.floor((count + of - 1 - index) / of)

/** How many connections one thread may have open. */
const connectionsOf = ({ arrivals, connections }: LoadPlan, share: Share) =>
  arrivals.kind === 'closed' ? part(arrivals.connections, share) : Math.max(1, part(connections, share))

/** Sends one thread's share of a plan. */
export const sendLoad = ({ plan, share, agenda, startMs, nowMs, onTick, onEnd }: Options): Sending => {
  const isClosed = plan.arrivals.kind === 'closed'
  const tally = createTally(plan, { startMs, onTick })
  const most = connectionsOf(plan, share)
  const cpuAtStartMs = readCpuMs()
  let sendingMs = plan.durationMs
  let isSending = true
  let hasEnded = false
  let refused: string | null = null

  const launch = (meantMs: number, atMs: number) => {
    const exchange: Exchange = {
      meantMs,
      sentMs: 0,
      operation: agenda.operation,
      request: agenda.request,
      isRepeated: false,
      isSettled: false,
      line: null,
    }
    agenda.advance()
    tally.begin(exchange, isClosed ? null : Math.max(0, atMs - meantMs))
    pool.offer(exchange)
    if (!isClosed && pool.waiting() > (plan.queue ?? QUEUE)) refuse()
  }

  const launchNow = () => {
    const atMs = nowMs()
    if (isSending) launch(atMs, atMs)
  }

  const pace = createPace({
    nowMs,
    dueMs: () => startMs + agenda.atMs,
    send: (atMs) => launch(startMs + agenda.atMs, atMs),
  })

  /** What was due before a tick's end belongs to it, even if we are late. */
  const roll = (atMs: number) => {
    if (!tally.isTickOver(atMs)) return
    if (isSending && !isClosed) pace.catchUp(atMs)
    tally.roll(atMs)
  }

  const afterOne = (atMs: number) => {
    if (!isSending) endWhenAnswered()
    else if (!isClosed) pace.catchUp(atMs)
  }

  const afterLost = () => {
    if (isClosed) setTimeout(launchNow, AFTER_FAILURE_MS)
  }

  const pool = createPool({
    ...openLines(plan, nowMs),
    most,
    nowMs,
    onAnswer: (exchange, status, bytes, endMs) => {
      roll(endMs)
      tally.answer(exchange, status, bytes, endMs)
      if (isClosed) launchNow()
      afterOne(endMs)
    },
    onLost: (exchange, error) => {
      const atMs = nowMs()
      roll(atMs)
      tally.lose(exchange, error, atMs)
      afterLost()
      afterOne(atMs)
    },
  })
  const giveUp = createGivingUp({ pool, tally, nowMs, onGivenUp: afterLost })

  const beat = () => {
    roll(nowMs())
    giveUp.overdue()
    if (!isSending) endWhenAnswered()
  }

  const endSending = (reason: 'time' | 'stop') => {
    if (!isSending) return
    const atMs = nowMs()
    // A timer may fire a little before the end: what was decided for the last moment leaves all the same.
    if (reason === 'time' && !isClosed) pace.catchUp(atMs, Math.max(atMs, startMs + plan.durationMs))
    isSending = false
    if (reason === 'stop') sendingMs = Math.max(0, Math.min(sendingMs, atMs - startMs))
    pace.stop()
    endWhenAnswered()
  }

  const endWhenAnswered = () => {
    if (hasEnded || tally.open() > 0) return
    hasEnded = true
    for (const timer of timers) clearTimeout(timer)
    pool.close()
    const cpuMs = readCpuMs()
    onEnd({
      ...tally.result(),
      cpuMs: cpuMs === null || cpuAtStartMs === null ? null : cpuMs - cpuAtStartMs,
      connectionsOpened: pool.opened(),
      sendingMs,
      refused,
    })
  }

  const giveUpRest = () => {
    roll(nowMs())
    giveUp.all()
    endWhenAnswered()
  }

  const stop = (graceMs: number) => {
    endSending('stop')
    giveUp.unsent()
    if (graceMs > 0) timers.push(setTimeout(giveUpRest, graceMs))
    else giveUpRest()
    endWhenAnswered()
  }

  const refuse = () => {
    if (refused !== null) return
    refused = `the queue was full: ${pool.waiting()} requests waited for one of ${most} connections`
    stop(0)
  }

  const start = () => {
    if (isClosed) for (let index = 0; index < most; index += 1) launchNow()
    else pace.start()
  }

  const untilStartMs = Math.max(0, startMs - nowMs())
  const timers = [
    setTimeout(start, untilStartMs),
    setTimeout(() => endSending('time'), Math.ceil(untilStartMs + plan.durationMs)),
    setInterval(beat, BEAT_MS),
  ]
  return { stop }
}
