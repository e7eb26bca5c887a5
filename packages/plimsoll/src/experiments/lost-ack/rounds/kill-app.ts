import type { StatementRecord } from '../../../model/evidence.ts'
import type { Bench } from '../bench.ts'
import { deliver, type Entry, prepare } from '../client.ts'
import { carries, watchDecisive } from '../decisive.ts'
import { recount } from '../look-up.ts'
import { closeRound, restartApp } from '../recover.ts'
import type { Round } from '../seen.ts'

const EVERY_MS = 20
/** How long statements are waited for; an app that has none to send has answered long before. */
const COME_MS = 6_000
/** An answer that does not wait for the store comes within this time after the statement. */
const HOLD_MS = 700
const STATEMENT_CHARACTERS = 160

export const waitFor = async (
  { lab, signal }: Bench,
  limitMs: number,
  test: () => boolean,
): Promise<void> => {
  const fromMs = lab.nowMs()
  while (!test() && lab.nowMs() - fromMs < limitMs && !signal.aborted) await lab.sleep(EVERY_MS)
}

/** SIGKILL, and what the app had not yet got to the store never gets there. */
const killApp = async ({ lab, store }: Bench): Promise<number> => {
  const atMs = lab.nowMs()
  lab.target.signal('SIGKILL')
  await lab.target.exited(10_000)
  store.wire.inject({ kind: 'reset' })
  store.wire.heal()
  return atMs
}

/** The statement of this write that was on its way when its answer came; null when none had been sent by then. */
const heldOf = (entry: Entry, sent: readonly StatementRecord[], held: readonly StatementRecord[]) => {
  const { atMs, durationMs } = entry.sent.answer
  const own = new Set(sent.filter((one) => carries(one, entry.texts)).map(({ connection }) => connection))
  const found = held.find((one) => own.has(one.connection) && one.atMs <= atMs + durationMs)
  return found?.sql.slice(0, STATEMENT_CHARACTERS) ?? null
}

/** One write of each kind, of which the deciding statement does not get to the store; what is answered then is noted. */
export const holdAll = async (
  bench: Bench,
  onHeld: () => Promise<number>,
): Promise<{ entries: Entry[]; killedAtMs: number }> => {
  const { store, writers, lab } = bench
  const decisive = watchDecisive(store.wire)
  const held: StatementRecord[] = []
  const never = new Promise<void>(() => {})
  store.wire.gate((statement) => {
    if (!decisive(statement)) return undefined
    held.push(statement)
    return { do: 'hold', until: never }
  })
  const mark = store.wire.mark()
  let answered = 0
  const sent = writers.map(async (writer) => {
    const entry = await deliver(bench, prepare(bench, writer))
    answered += 1
    return entry
  })
  await waitFor(
    bench,
    COME_MS,
    () => answered + new Set(held.map(({ connection }) => connection)).size >= writers.length,
  )
  await lab.sleep(HOLD_MS)
  const statements = store.wire.since(mark)
  const killedAtMs = await onHeld()
  const entries = await Promise.all(sent)
  return {
    entries: entries.map((entry) => ({ ...entry, held: heldOf(entry, statements, held) })),
    killedAtMs,
  }
}

/** Killed while the statement that makes the write last is on its way. */
export const killBeforeCommit = async (bench: Bench): Promise<Round> => {
  await recount(bench)
  const { entries, killedAtMs } = await holdAll(bench, () => killApp(bench))
  const back = await restartApp(bench)
  return closeRound(bench, entries, { id: 'commit held, app killed', killedAtMs, back })
}

/** Killed when the store has committed, and the app has not heard of it. */
export const killBeforeReply = async (bench: Bench): Promise<Round> => {
  await recount(bench)
  const { store, writers } = bench
  const decisive = watchDecisive(store.wire)
  const cut: StatementRecord[] = []
  store.wire.gate((statement) => {
    if (!decisive(statement)) return undefined
    cut.push(statement)
    return { do: 'cut', when: 'after-reply-withheld' }
  })
  let answered = 0
  const sent = writers.map(async (writer) => {
    const entry = await deliver(bench, prepare(bench, writer))
    answered += 1
    return entry
  })
  const done = () => cut.filter(({ durationMs }) => durationMs !== null).length
  await waitFor(bench, COME_MS, () => answered + done() >= writers.length)
  const killedAtMs = await killApp(bench)
  const entries = await Promise.all(sent)
  const back = await restartApp(bench)
  return closeRound(bench, entries, { id: 'reply withheld, app killed', killedAtMs, back })
}

/** Killed in the moment of an acknowledgement, with more writes under way. */
export const killAfterReply = async (bench: Bench): Promise<Round> => {
  await recount(bench)
  const { entries, killedAtMs } = await burstUntil(bench, () => killApp(bench))
  const back = await restartApp(bench)
  return closeRound(bench, entries, { id: 'acknowledged, app killed', killedAtMs, back })
}

const WRITES = 32
const AT_ONCE = 8
const KILL_AT = 24
const BURST_MS = 8_000

/** Writes one after the other on several connections, and strikes at the 24th acknowledgement. */
export const burstUntil = async (
  bench: Bench,
  strike: () => Promise<number>,
): Promise<{ entries: Entry[]; killedAtMs: number }> => {
  const { writers, lab, signal } = bench
  const entries: Entry[] = []
  const fromMs = lab.nowMs()
  let begun = 0
  let acknowledged = 0
  let struck: Promise<number> | null = null
  const line = async () => {
    while (begun < WRITES && struck === null && lab.nowMs() - fromMs < BURST_MS && !signal.aborted) {
      const writer = writers[begun % writers.length]
      begun += 1
      if (writer === undefined) return
      const entry = await deliver(bench, prepare(bench, writer))
      entries.push(entry)
      if (entry.acknowledged) acknowledged += 1
      if (acknowledged >= KILL_AT) struck ??= strike()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, line))
  const killedAtMs = await (struck ?? strike())
  return { entries, killedAtMs }
}
