import { proportionOfBlocks } from '../../base/stats/blocks.ts'
import { formatNumber } from '../../base/text/numbers.ts'
import type { Standard } from '../../model/standard.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Seen, Steady } from './seen.ts'
import { percent, rate } from './words.ts'

export const ERRORS_SUBJECT = 'requests under load'

const PROVED_AT = 0.95
const REFUTED_AT = 0.99

/** `GET /orders 12 × 503, POST /orders 3 × timeout` */
const tellFailures = ({ operations }: Steady): string =>
  operations
    .flatMap(({ name, statuses, errors }) =>
      [
        ...Object.entries(statuses).filter(([status]) => Number(status) >= 500),
        ...Object.entries(errors),
      ].map(([what, count]) => `${name} ${formatNumber(count)} × ${what}`),
    )
    .slice(0, 6)
    .join(', ')

/** How many of all requests at the steady rate ended in a 5xx or without an answer. */
export const judgeErrors = ({ steady, line }: Seen, standard: Standard): Judgement[] => {
  if (steady === null) return []
  const blocks = steady.ticks.map(([n, , failed]) => ({ bad: failed, n }))
  const { bad, n, upper } = proportionOfBlocks(blocks, PROVED_AT)
  const { lower } = proportionOfBlocks(blocks, REFUTED_AT)
  const limit = standard.threshold.value
  const at = `at ${rate(steady.ratePerSecond)} requests a second`
  const said = {
    standard: standard.id,
    subject: ERRORS_SUBJECT,
    figures: [
      {
        name: `requests that fail ${at}`,
        value: n === 0 ? 0 : bad / n,
        unit: 'proportion',
        n,
        interval: [lower, upper] as [number, number],
        method: 'Clopper–Pearson on effective counts (batch means), upper bound 95 %, lower 99 %',
      },
    ],
  }
  const detail = `${formatNumber(bad)} of ${formatNumber(n)} failed ${at}`
  if (upper < limit) {
    return [
      proven({
        ...said,
        title: `Fewer than one request in ${formatNumber(Math.round(1 / limit))} fails`,
        detail: `${detail}: under ${percent(upper)} at 95 %`,
      }),
    ]
  }
  if (bad === 0) {
    return [
      inconclusive({
        ...said,
        title: 'Too few requests to prove that errors are rare',
        detail: `${detail}; ${formatNumber(Math.ceil(Math.log(1 - PROVED_AT) / Math.log(1 - limit)))} clean ones would`,
      }),
    ]
  }
  const failures = tellFailures(steady)
  if (lower <= limit) {
    return [
      inconclusive({
        ...said,
        title: 'Whether errors are rare was not decided',
        detail: `${detail}: ${failures}`,
      }),
    ]
  }
  if (steady.noise !== null) {
    return [
      inconclusive({
        ...said,
        title: 'Errors under load could not be told from noise',
        detail: `${steady.noise} · ${detail}: ${failures}`,
      }),
    ]
  }
  const carried = line === null ? steady.chosen === 'half the line' : steady.ratePerSecond <= line.interval[0]
  return [
    refuted({
      ...said,
      title: `${percent(bad / n)} of requests fail ${at}`,
      detail: `${detail}: ${failures}`,
      severity: 'high',
      tier: carried ? 'defect' : 'suspicion',
      repairs: [
        'Read the log lines of the failing requests first: most errors under load are time-outs of a pool that is too small or a statement that is too slow.',
        'Retry what is safe to retry inside the service: serialization failures, connections lost before a write.',
      ],
    }),
  ]
}
