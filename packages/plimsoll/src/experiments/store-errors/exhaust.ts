import { touchesData } from '../../base/sql/verb.ts'
import { awaitRecovery } from '../../lab/traffic/recover.ts'
import type { Exchange } from '../../model/evidence.ts'
import { type Bench, BODY_CHARACTERS, type Subject } from './bench.ts'
import type { Exhaustion } from './seen.ts'
import { PATIENCE_MS } from './strike.ts'

/** More than most pools hold; an app that opens as many connections at once has no bound that could be seen. */
const FIRST_ROUND = 40
/** Requests for which no connection is left. */
const WAITING = 6
const DELAY_MS = 30_000
const STEADY_MS = 300
const LEARN_LIMIT_MS = 3_000
const RECOVERY_MS = 10_000

const holdData = ({ wire, background }: Bench) =>
  wire.gate(({ sql, shape }) =>
    touchesData(sql) && !background.has(shape) ? { do: 'delay', ms: DELAY_MS } : undefined,
  )

const sendMany = ({ lab, signal }: Bench, { request }: Subject, count: number): Promise<Exchange[]> =>
  Promise.all(
    Array.from({ length: count }, () =>
      lab.http.request({ ...request, timeoutMs: PATIENCE_MS, bodyLimit: BODY_CHARACTERS, signal }),
    ),
  )

/** Connections with a statement that waits, once no more of them come. */
const countBusy = async ({ lab, wire }: Bench, since: number): Promise<number> => {
  const fromMs = lab.nowMs()
  let count = 0
  let steadyFromMs = fromMs
  while (lab.nowMs() - steadyFromMs < STEADY_MS || lab.nowMs() - fromMs < STEADY_MS * 2) {
    if (lab.nowMs() - fromMs > LEARN_LIMIT_MS) break
    const held = wire.since(since).filter(({ sql, durationMs }) => durationMs === null && touchesData(sql))
    const busy = new Set(held.map(({ connection }) => connection)).size
    if (busy !== count) {
      count = busy
      steadyFromMs = lab.nowMs()
    }
    await lab.sleep(20)
  }
  return count
}

const learnPoolSize = async (bench: Bench, subject: Subject): Promise<number> => {
  const since = bench.wire.mark()
  holdData(bench)
  const answers = sendMany(bench, subject, FIRST_ROUND)
  const size = await countBusy(bench, since)
  bench.wire.heal()
  await answers
  return size
}

/** A few more requests than connections, while every statement waits; null when the read needs no connection. */
export const exhaust = async (bench: Bench, subject: Subject): Promise<Exhaustion | null> => {
  const { lab, wire, signal } = bench
  if (!(await bench.reset())) return null
  const poolSize = await learnPoolSize(bench, subject)
  if (poolSize === 0) return null
  const seen: Exhaustion = {
    route: subject.route,
    poolSize,
    firstRound: FIRST_ROUND,
    unbounded: poolSize >= FIRST_ROUND,
    answers: [],
    fromMs: lab.nowMs(),
    toMs: lab.nowMs(),
    recoveredMs: 0,
    recoveryLimitMs: RECOVERY_MS,
    after: [],
  }
  if (seen.unbounded) return seen
  seen.fromMs = lab.nowMs()
  holdData(bench)
  seen.answers = await sendMany(bench, subject, poolSize + WAITING)
  wire.heal()
  seen.toMs = lab.nowMs()
  const recovery = await awaitRecovery(lab, subject.request, { withinMs: RECOVERY_MS, signal })
  return { ...seen, recoveredMs: recovery.recoveredMs, after: recovery.exchanges }
}
