import { formatDigits, formatNumber } from '../../base/text/numbers.ts'
import type { Evidence, LoadChart } from '../../model/evidence.ts'
import type { Constraint } from './constraint/evidence.ts'
import type { Seen } from './seen.ts'
import { percent, rate } from './words.ts'

type Point = LoadChart['points'][number]

const points = ({ probes }: Seen): Point[] =>
  probes.map(({ step, slow, failed, n, ...probe }) => ({
    ratePerSecond: probe.ratePerSecond,
    goodPerSecond: probe.goodPerSecond,
    p50Ms: probe.p50Ms,
    p99Ms: probe.p99Ms,
    p99IntervalMs: probe.p99IntervalMs,
    slowShare: n === 0 ? 0 : slow / n,
    failedShare: n === 0 ? 0 : failed / n,
    n,
    side: probe.side,
    step: step === 'ramp' || step === 'beyond' ? step : 'search',
  }))

const chart = (seen: Seen, constraint: Constraint | null): Evidence => ({
  kind: 'load',
  title: 'Requests a second against the time to answer',
  load: {
    slowMs: seen.slowMs,
    points: points(seen),
    line: seen.line,
    constraint: constraint?.title ?? null,
  },
})

const limit = (seen: Seen, constraint: Constraint): Evidence[] => {
  const at = seen.pressed === null ? '' : ` at ${rate(seen.pressed.ratePerSecond)}/s`
  return [
    {
      kind: 'text',
      title: `What it runs out of${at}`,
      text: [`limited by ${constraint.title}`, ...constraint.facts].join('\n'),
    },
  ]
}

const source = ({ places }: Seen, { sql }: Constraint): Evidence[] => {
  const found = sql === null ? undefined : places[sql]
  return found === undefined ? [] : [{ kind: 'source', title: 'Where it is written', ...found }]
}

const cost = ({ steady }: Seen): string[] => {
  if (steady === null) return []
  const ms = (value: number | null) => (value === null ? 'not measured' : `${formatDigits(value, 2)} ms`)
  return [
    `a request costs ${ms(steady.appCpuMs)} of processor time in the app, ${ms(steady.storeCpuMs)} in the database, and ${formatDigits(steady.bytes / 1_000, 2)} kB`,
  ]
}

const workload = (seen: Seen): Evidence => ({
  kind: 'text',
  title: 'What was sent',
  text: [
    `weights: ${seen.workload.weights} · as ${formatNumber(seen.workload.users)} ${seen.workload.users === 1 ? 'user' : 'users'}`,
    ...seen.workload.operations.map(
      ({ name, share, cost: { p50Ms, bytes, statements } }) =>
        `${percent(share)} ${name}: alone ${formatDigits(p50Ms, 2)} ms, ${formatNumber(Math.round(bytes))} bytes${statements === null ? '' : `, ${formatNumber(statements)} statements`}`,
    ),
    ...seen.workload.left.map(({ name, reason }) => `not sent: ${name}, because ${reason}`),
    ...cost(seen),
    `${seen.windows.taken} windows, ${seen.windows.rejected} repeated because of others on the machine, ${seen.windows.late} because the generator was late`,
  ].join('\n'),
})

/** The chart, what it runs out of, where that is written, and what was sent. */
export const evidenceOf = (seen: Seen, constraint: Constraint | null): Evidence[] => [
  ...(seen.probes.length === 0 ? [] : [chart(seen, constraint)]),
  ...(constraint === null ? [] : [...limit(seen, constraint), ...source(seen, constraint)]),
  workload(seen),
]
