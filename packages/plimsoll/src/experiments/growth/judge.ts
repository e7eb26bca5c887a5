import { medianOf } from '../../base/stats/quantile.ts'
import { formatCount, formatDuration, formatNumber } from '../../base/text/numbers.ts'
import type { Evidence, Growth } from '../../model/evidence.ts'
import type { Standard } from '../../model/standard.ts'
import {
  type Figure,
  inconclusive,
  type Judgement,
  notApplicable,
  proven,
  refuted,
} from '../../model/verdict.ts'
import { explainGrowth, formatBytes, type Reason } from './explain-growth.ts'
import type { Operation, Seen } from './seen.ts'
import { CLEAR, type Traced, type Trend, trace } from './trace-growth.ts'

const SLOW_MS = 200
const LONG_ANSWER_BYTES = 1_000_000
/** The whole interval lies above it: no constant part and no noise gives so much. */
const STEEP = 0.4
/** A statement that takes less is not worth a word. */
const LEAST_MS = 2
/** `SELECT 1` varies so much by itself. */
const BUSY_MS = 0.5
const slowLimit = (all: readonly Standard[]): number =>
  all.find(({ id }) => id === 'performance.api')?.threshold.limit ?? SLOW_MS

const figuresOf = ({ time, last, points }: Traced): Figure[] => [
  {
    name: 'exponent of the time over the rows',
    value: time.exponent,
    unit: '1',
    n: time.n,
    interval: time.interval,
    method: `least squares through the logarithms of the medians at ${points.length} sizes; bootstrap, 95 %`,
  },
  {
    name: `median time at ${formatCount(last.rows, 'row')}`,
    value: time.last,
    unit: 'ms',
    n: last.ms.length,
    method: 'one request at a time, statements passing the wire',
  },
]

const range = ({ first, last }: Pick<Trend, 'first' | 'last'>, traced: Traced): string =>
  `${formatDuration(first)} at ${formatCount(traced.first.rows, 'row')}, ${formatDuration(last)} at ${formatNumber(traced.last.rows)}`

const exponent = ({ exponent: value, interval: [from, to] }: Trend): string =>
  `time ~ rows^${value.toFixed(2)} (${from.toFixed(2)} to ${to.toFixed(2)})`

const detailOf = (traced: Traced): string => {
  const { time, first, last, cause, points } = traced
  const answer =
    traced.bytes >= 0.5 ? `the answer from ${formatBytes(first.bytes)} to ${formatBytes(last.bytes)}` : null
  // Those that run beside each other add up to more than the request takes.
  const isPart = cause !== null && cause.last <= time.last
  const statement = isPart ? `${formatDuration(cause.last)} of it in one statement` : null
  const asked = `asked ${formatCount(time.n, 'time')} at ${points.length} sizes`
  return [exponent(time), statement, answer, asked].filter((part) => part !== null).join(' · ')
}

const growthOf = (seen: Seen, slowMs: number): Growth => ({
  slowMs,
  operations: seen.operations.flatMap((operation) => {
    const traced = trace(operation)
    if (traced === null) return []
    const { time, points } = traced
    return [
      {
        name: operation.name,
        exponent: time.exponent,
        interval: time.interval,
        points: points.map(({ rows, ms, bytes }) => ({ rows, p50Ms: medianOf(ms), bytes, n: ms.length })),
      },
    ]
  }),
})

const evidenceOf = ({ cause }: Operation): Evidence[] => {
  if (cause === null) return []
  const { example, plan, origin } = cause
  return [
    { kind: 'statements', title: 'The statement that takes the time', statements: [example] },
    ...(plan === null ? [] : [{ kind: 'text' as const, title: 'How the store runs it', text: plan }]),
    ...(origin === null ? [] : [{ kind: 'source' as const, title: 'Where it is written', ...origin }]),
  ]
}

/** How much longer `SELECT 1` took in the end: the machine's doing, not the rows'. */
const controlMs = ({ sizes }: Seen): number => {
  const [first, last] = [sizes[0]?.controlMs ?? [], sizes.at(-1)?.controlMs ?? []]
  return first.length === 0 || last.length === 0 ? 0 : Math.max(0, medianOf(last) - medianOf(first))
}

/** Every statement, the request and its answer may have waited for the machine as long as `SELECT 1` did. */
const isMachine = ({ time, last }: Traced, moreMs: number): boolean => {
  const waits = 2 + last.statements.reduce((sum, { times }) => sum + times, 0)
  return time.last - waits * moreMs < CLEAR * time.first
}

/** Neither its statements nor its answer are more than they were: what took longer has nothing to do with the rows. */
const isUntouched = ({ store, bytes, rows, statements }: Traced): boolean =>
  (store.last < LEAST_MS || store.last < 2 * store.first) && Math.max(bytes, rows, statements) < 0.1

type Question = { seen: Seen; slowMs: number; evidence: Evidence[] }

const undecided = (operation: Operation): Judgement => {
  const failed = operation.sizes.find((size) => size.failed !== null)
  const detail =
    failed === undefined
      ? 'the tables behind it could not be filled, or there was no time to ask it often enough'
      : `it answered ${failed.failed} at ${formatCount(failed.rows, 'row')}, which rows that were made up may be the reason of`
  return inconclusive({ subject: operation.name, title: 'How its time grows could not be told', detail })
}

/** The time, or what is a cause of it, clearly grows and does harm. */
const accuse = (
  operation: Operation,
  traced: Traced,
  reason: Reason | null,
  { slowMs, evidence }: Question,
) => {
  const { time, cause, last } = traced
  const isSlow = time.last >= slowMs
  const isLong = reason?.isList === true && last.bytes > LONG_ANSWER_BYTES
  const isSteep = time.isClear && time.exponent >= 0.5 && time.interval[0] > STEEP
  const said = {
    subject: operation.name,
    detail: detailOf(traced),
    repairs: reason?.repairs ?? [
      'Find what takes the time with tables of that size: a profile of the request.',
    ],
    evidence: [...evidence, ...evidenceOf(operation)],
    figures: figuresOf(traced),
  }
  const does = reason?.does ?? 'takes longer with every row there is'
  if (isSteep && (isSlow || isLong)) {
    const title = `${operation.name} ${does}: ${range(time, traced)}`
    return refuted({ ...said, title, severity: time.last >= 10 * slowMs ? 'high' : 'medium' })
  }
  // The statement alone shows it earlier than the whole, part of which stays the same.
  const trend = [time, cause].find((one) => one?.isClear && one.interval[0] > STEEP && one.last >= LEAST_MS)
  if (reason === null || trend === undefined || trend === null) return null
  const what = trend === cause ? 'its statement took ' : ''
  const title = `${operation.name} ${does}: ${what}${range(trend, traced)}`
  return refuted({ ...said, title, severity: 'low', tier: 'suspicion' })
}

const judgeOperation = (operation: Operation, question: Question): Judgement => {
  const traced = trace(operation)
  if (traced === null || operation.sizes.some(({ failed }) => failed !== null)) return undecided(operation)
  const { time } = traced
  const moreMs = controlMs(question.seen)
  const isBusy = moreMs >= BUSY_MS && isMachine(traced, moreMs)
  const found = accuse(operation, traced, explainGrowth(operation, traced), question)
  const said = { subject: operation.name, figures: figuresOf(traced), notCovered: question.seen.limits }
  const title = 'How its time grows could not be told'
  if (found !== null && !isBusy) return { ...found, notCovered: question.seen.limits }
  if (found !== null) {
    const detail = `SELECT 1 itself took ${formatDuration(moreMs)} more in the end: the machine was busy · ${detailOf(traced)}`
    return inconclusive({ ...said, title, detail })
  }
  // Under this exponent it takes less than three times as long over the whole range.
  const flat = Math.log(CLEAR) / Math.log(traced.last.rows / traced.first.rows)
  const isFlat = time.interval[1] < flat
  if (isFlat || time.last < LEAST_MS || isUntouched(traced)) {
    const times = formatNumber(Math.round(traced.last.rows / traced.first.rows))
    const detail = `${range(time, traced)} · ${detailOf(traced)}`
    const small = time.last < LEAST_MS ? `Stays under ${LEAST_MS} ms` : 'Its statements take about as long'
    const stays = isFlat ? 'Takes about as long' : small
    return proven({ ...said, title: `${stays} with ${times} times the rows`, detail })
  }
  const detail = `${range(time, traced)}, and no statement says why · ${detailOf(traced)}`
  return inconclusive({ ...said, title, detail })
}

export const judge = (seen: Seen, _standard: Standard, all: readonly Standard[] = []): Judgement[] => {
  if (seen.unable !== null) {
    const title = 'Growth with the rows was not measured'
    return [notApplicable({ subject: seen.store, title, detail: seen.unable })]
  }
  const slowMs = slowLimit(all)
  const growth = growthOf(seen, slowMs)
  const evidence: Evidence[] = [{ kind: 'growth', title: 'Time over rows, of every operation', growth }]
  const judged = seen.operations.map((operation) => judgeOperation(operation, { seen, slowMs, evidence }))
  if (judged.length === 0) {
    const title = 'No operation could be asked again and again'
    return [inconclusive({ subject: seen.store, title, detail: seen.limits.join(' · ') || 'none was known' })]
  }
  const isShown = judged.some(({ status }) => status === 'refuted')
  // Where nothing is wrong the chart is shown once, with the first.
  return judged.map((one, index) => (index === 0 && !isShown ? { ...one, evidence } : one))
}
