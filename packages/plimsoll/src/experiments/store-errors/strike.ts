import { awaitRecovery, turnsAway } from '../../lab/traffic/recover.ts'
import type { Exchange } from '../../model/evidence.ts'
import { awaitIdle, type Bench, BODY_CHARACTERS, type Subject } from './bench.ts'
import type { Fault, Mark } from './faults.ts'
import type { Hit } from './seen.ts'

/** A little over the standard's bound, so that a request which breaks it is seen to. */
export const PATIENCE_MS = 11_500
/** Work that goes on after the answer, a rollback among it, has this long. */
const IDLE_LIMIT_MS = 2_000
const RECOVERY_MS = 8_000
/** That many tries of one request are a storm, once they have gone on for this long. */
export const MOST_TRIES = 10
const STORM_MS = 2_500
const MOST_STATEMENTS = 30

/** Counts what it strikes; `heal` of the wire ends it. */
export const arm = ({ wire }: Bench, fault: Fault, mark: Mark) => {
  let met = 0
  let struck = 0
  wire.gate(({ shape }) => {
    if (shape !== mark.shape) return undefined
    met += 1
    if (fault.lasts ? false : met !== mark.nth) return undefined
    struck += 1
    return fault.order
  })
  return { struck: () => struck }
}

/** Sends it; gives up on a request that does nothing but try again. */
const sendAndWatch = async (
  { lab, signal }: Bench,
  subject: Subject,
  tries: () => number,
): Promise<{ exchange: Exchange; stormed: boolean }> => {
  const own = new AbortController()
  const fromMs = lab.nowMs()
  let stormed = false
  const watch = setInterval(() => {
    if (tries() <= MOST_TRIES || lab.nowMs() - fromMs < STORM_MS) return
    stormed = true
    own.abort()
  }, 100)
  try {
    const request = { ...subject.request, timeoutMs: PATIENCE_MS, bodyLimit: BODY_CHARACTERS }
    const exchange = await lab.http.request({ ...request, signal: AbortSignal.any([signal, own.signal]) })
    return { exchange, stormed }
  } finally {
    clearInterval(watch)
  }
}

/** The same request works again: it answers as it did undisturbed, or turns us away for another reason. */
export const recover = async ({ lab, signal }: Bench, subject: Subject, withinMs: number) => {
  const { status } = subject.undisturbed
  const { recoveredMs, exchanges } = await awaitRecovery(lab, subject.request, {
    withinMs,
    signal,
    serves: (exchange) => exchange.status === status || turnsAway(exchange),
  })
  return { recoveredMs, lastAnswer: exchanges.at(-1) ?? null }
}

/** One request during one error; null when it could not be tried. */
export const strike = async (bench: Bench, subject: Subject, fault: Fault): Promise<Hit | null> => {
  const { lab, wire, background } = bench
  const mark = subject.mark(fault.at)
  if (mark === null || !(await bench.reset())) return null
  const since = wire.mark()
  const armed = arm(bench, fault, mark)
  const tries = () => Math.ceil(armed.struck() / mark.usual)
  const { exchange, stormed } = await sendAndWatch(bench, subject, tries)
  const open = await awaitIdle(bench, since, IDLE_LIMIT_MS)
  const struck = armed.struck()
  const sent = wire.since(since)
  const timesSent = (one: Mark | null) =>
    one === null ? 0 : Math.ceil(sent.filter(({ shape }) => shape === one.shape).length / one.usual)
  const effect = struck > 0 ? await bench.effect(subject) : null
  wire.heal()
  if (stormed) await awaitIdle(bench, since, IDLE_LIMIT_MS)
  const exited = lab.target.exit() !== null
  const back = await bench.reset()
  const recovery = back ? await recover(bench, subject, RECOVERY_MS) : { recoveredMs: 0, lastAnswer: null }
  return {
    route: subject.route,
    fault: fault.name,
    lasts: fault.lasts,
    isWrite: subject.isWrite,
    struck,
    tries: fault.lasts ? tries() : timesSent(mark),
    resent: timesSent(subject.mark('write')),
    stormed,
    exchange,
    undisturbed: subject.undisturbed,
    effect,
    writes: subject.whole?.profile.statements.filter(({ facts }) => facts.kind === 'write').length ?? 0,
    open,
    exited,
    ...recovery,
    statements: sent.filter(({ shape }) => !background.has(shape)).slice(0, MOST_STATEMENTS),
  }
}
