import { touchesData } from '../../base/sql/verb.ts'
import { medianOf } from '../../base/stats/quantile.ts'
import type { Lab } from '../../lab/lab.ts'
import type { Candidate } from '../../lab/load/choose-operations.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import type { StatementRecord } from '../../model/evidence.ts'
import type { AtSize, StatementAtSize } from './seen.ts'

const WARM_UPS = 3
const TIMES = 24
/** Of one that takes long. */
const ENOUGH = 5
/** Of one that takes very long. */
const FEWEST = 3
const SLOW_MS = 250
/** Where few requests can be sent, the machine is asked more often between them. */
const SLOW_CONTROLS = 5
/** However many operations there are, each has that much. */
const LEAST_SHARE_MS = 300
const HEAVY = { ms: 100, bytes: 500_000 }
const TIMEOUT_MS = 5_000
const BODY_LIMIT = 64 * 1024 * 1024

export type Store = NonNullable<Lab['store']>

/** One operation as it is asked at one size. */
export type Asked = Omit<AtSize, 'rows'> & {
  /** by shape, the last one that was seen */
  examples: Map<string, StatementRecord>
}

export type Measured = { asked: Map<string, Asked>; controlMs: number[] }

type Sent = { ms: number; bytes: number; failed: string | null; records: StatementRecord[] }

const send = async (lab: Lab, store: Store, { known }: Candidate, signal: AbortSignal): Promise<Sent> => {
  const mark = store.wire.mark()
  const request = freshen(known.request, lab.random)
  const { status, error, durationMs, headers, body } = await lab.http.request({
    ...request,
    timeoutMs: TIMEOUT_MS,
    bodyLimit: BODY_LIMIT,
    signal,
  })
  const isGood = status !== null && Math.floor(status / 100) === Math.floor(known.status / 100)
  return {
    ms: Math.round(durationMs * 1_000) / 1_000,
    bytes: Number(headers['content-length'] ?? Buffer.byteLength(body)),
    failed: isGood || error === 'timeout' ? null : String(status ?? error ?? 'no answer'),
    records: store.wire.since(mark).filter(({ sql }) => touchesData(sql)),
  }
}

const shapesOf = (sent: readonly Sent[]): StatementAtSize[] => {
  const shapes = new Set(sent.flatMap(({ records }) => records.map(({ shape }) => shape)))
  return [...shapes].map((shape) => {
    const each = sent.map(({ records }) => records.filter((record) => record.shape === shape))
    const total = (of: (record: StatementRecord) => number) =>
      each.map((records) => records.reduce((sum, record) => sum + of(record), 0))
    return {
      shape,
      ms: total(({ durationMs }) => durationMs ?? 0).map((ms) => Math.round(ms * 1_000) / 1_000),
      times: medianOf(each.map(({ length }) => length)),
      rows: medianOf(total(({ rows }) => rows ?? 0)),
    }
  })
}

const summarise = (sent: readonly Sent[]): Asked => ({
  ms: sent.map(({ ms }) => ms),
  bytes: sent.length === 0 ? 0 : medianOf(sent.map(({ bytes }) => bytes)),
  failed: sent.find(({ failed }) => failed !== null)?.failed ?? null,
  statements: shapesOf(sent),
  examples: new Map(sent.flatMap(({ records }) => records.map((record) => [record.shape, record] as const))),
})

/** Enough was seen of it, or it has had its share of the time. */
const isDone = (sent: readonly Sent[], shareMs: number): boolean => {
  const spentMs = sent.reduce((sum, { ms }) => sum + ms, 0)
  const isBroken = sent.some(({ failed }) => failed !== null)
  return (
    isBroken ||
    sent.length >= TIMES ||
    (sent.length >= ENOUGH && spentMs > shareMs) ||
    (sent.length >= FEWEST && spentMs > 2 * shareMs)
  )
}

type MeasureOptions = { limitMs: number; signal: AbortSignal }

/** What an answer of that kind leaves behind, garbage above all, would slow down those that follow it. */
const isHeavy = ({ ms, bytes }: Sent) => ms >= HEAVY.ms || bytes >= HEAVY.bytes

type Turn = MeasureOptions & { sent: Map<string, Sent[]>; controlMs: number[]; shareMs: number }

/** Asks each in turn, one request at a time, so that what disturbs one disturbs all; names those that are heavy. */
const askInTurn = async (
  lab: Lab,
  store: Store,
  candidates: readonly Candidate[],
  { sent, controlMs, shareMs, limitMs, signal, sparing }: Turn & { sparing: boolean },
): Promise<Candidate[]> => {
  const heavy = new Set<Candidate>()
  const fromMs = lab.nowMs()
  const isLate = (times: number) => lab.nowMs() - fromMs > times * limitMs
  const isOver = () => signal.aborted || isLate(4)
  for (let round = -WARM_UPS; round < TIMES && !isOver(); round += 1) {
    for (const candidate of candidates) {
      const before = sent.get(candidate.name) ?? []
      if (isOver() || heavy.has(candidate) || isDone(before, shareMs)) continue
      const one = await send(lab, store, candidate, signal)
      if (signal.aborted) break
      if (sparing && isHeavy(one)) {
        heavy.add(candidate)
        continue
      }
      // A first answer that is slow anyway shows what it has to show.
      if (round < 0 && one.failed === null && one.ms < SLOW_MS && !isLate(1)) continue
      before.push(one)
      const controls = one.ms < SLOW_MS ? 1 : SLOW_CONTROLS
      for (let time = 0; time < controls; time += 1) controlMs.push(await askControl(lab, store))
    }
  }
  return [...heavy]
}

/** The light ones first, the heavy ones when they are through. */
export const measure = async (
  lab: Lab,
  store: Store,
  candidates: readonly Candidate[],
  options: MeasureOptions,
): Promise<Measured> => {
  const sent = new Map<string, Sent[]>(candidates.map(({ name }) => [name, []]))
  const controlMs: number[] = []
  const shareMs = Math.max(LEAST_SHARE_MS, options.limitMs / candidates.length)
  const turn = { ...options, sent, controlMs, shareMs }
  const heavy = await askInTurn(lab, store, candidates, { ...turn, sparing: true })
  await askInTurn(lab, store, heavy, { ...turn, sparing: false })
  return {
    asked: new Map([...sent].map(([name, each]) => [name, summarise(each)])),
    controlMs,
  }
}

const askControl = async (lab: Lab, store: Store): Promise<number> => {
  const askedMs = lab.nowMs()
  await store.database.query('SELECT 1')
  return Math.round((lab.nowMs() - askedMs) * 1_000) / 1_000
}
