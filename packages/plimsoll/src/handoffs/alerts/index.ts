import { stringify } from 'yaml'
import { readLoadLine } from '../../model/reading/load-line.ts'
import type { Standard } from '../../model/standard.ts'
import { defineHandoff, type HandoffInput } from '../define.ts'
import { slugOf, sourceLine } from '../facts.ts'

const thresholdOf = ({ run }: HandoffInput, id: string): Standard['threshold'] | null =>
  run?.standards.find((each) => each.id === id)?.threshold ?? null

type AlertRule = {
  alert: string
  expr: string
  for: string
  labels: { severity: string }
  annotations: { summary: string; description: string }
}

/** What its standards allow; the defaults stand where no Run says otherwise. */
const limitsOf = (input: HandoffInput) => {
  const errors = thresholdOf(input, 'reliability.error-rate')
  const slow = thresholdOf(input, 'performance.api')
  return { errorShare: errors?.value ?? 0.001, slowSeconds: (slow?.limit ?? 200) / 1000 }
}

const burn = (job: string, window: string, factor: number, share: number) =>
  `sum(rate(http_requests_total{job="${job}",status=~"5.."}[${window}])) / sum(rate(http_requests_total{job="${job}"}[${window}])) > ${Number((factor * share).toPrecision(3))}`

const rulesOf = (input: HandoffInput): AlertRule[] => {
  const job = slugOf(input.service)
  const { errorShare, slowSeconds } = limitsOf(input)
  const line = input.run === null ? null : (readLoadLine(input.run)?.load.line ?? null)
  const percent = `${Number((errorShare * 100).toPrecision(3))} %`
  return [
    {
      alert: 'Down',
      expr: `absent(up{job="${job}"} == 1)`,
      for: '1m',
      labels: { severity: 'page' },
      annotations: {
        summary: `${job} is down`,
        description: 'No instance answers. See the runbook, "It is down".',
      },
    },
    {
      alert: 'ErrorsFast',
      expr: `(${burn(job, '5m', 14.4, errorShare)}) and (${burn(job, '1h', 14.4, errorShare)})`,
      for: '2m',
      labels: { severity: 'page' },
      annotations: {
        summary: `${job} fails 14 times as often as it may`,
        description: `The standard allows ${percent}. At this pace a month of failures is used up in two days.`,
      },
    },
    {
      alert: 'ErrorsSlow',
      expr: `(${burn(job, '30m', 6, errorShare)}) and (${burn(job, '6h', 6, errorShare)})`,
      for: '15m',
      labels: { severity: 'ticket' },
      annotations: {
        summary: `${job} fails six times as often as it may`,
        description: `The standard allows ${percent}. At this pace a month of failures is used up in five days.`,
      },
    },
    {
      alert: 'Slow',
      expr: `histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{job="${job}"}[5m]))) > ${slowSeconds}`,
      for: '10m',
      labels: { severity: 'ticket' },
      annotations: {
        summary: `p99 of ${job} is above ${slowSeconds * 1000} ms`,
        description: 'See the load profile for what limits it.',
      },
    },
    ...(line === null
      ? []
      : [
          {
            alert: 'NearLoadLine',
            expr: `max(sum by (instance) (rate(http_requests_total{job="${job}"}[5m]))) > ${Math.floor(line.interval[0] * 0.8)}`,
            for: '10m',
            labels: { severity: 'ticket' },
            annotations: {
              summary: `an instance of ${job} is near its load line`,
              description: `Run ${input.run?.id} measured ${Math.round(line.ratePerSecond)} requests a second on ${input.run?.machine.cores} cores; this is 80 % of the lower bound.`,
            },
          },
        ]),
  ]
}

const make = (input: HandoffInput): string => {
  const head = [
    sourceLine(input),
    'Metrics: http_requests_total{status} and http_request_duration_seconds, as the usual exporters name them.',
  ]
  const document = { groups: [{ name: slugOf(input.service), rules: rulesOf(input) }] }
  return `${head.map((line) => `# ${line}`).join('\n')}\n${stringify(document, { lineWidth: 0 })}`
}

export default defineHandoff({
  id: 'alerts',
  title: 'Alert rules for Prometheus',
  for: 'devops',
  make: (input) => [{ path: 'alerts.yaml', text: make(input) }],
})
