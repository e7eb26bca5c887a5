import { readLoadLine } from '../../model/reading/load-line.ts'
import { defineHandoff, type HandoffInput } from '../define.ts'
import { slugOf, sourceLine } from '../facts.ts'

type Series = { expr: string; legend: string }
type PanelOptions = { title: string; unit: string; series: readonly Series[]; mark?: number; wide?: boolean }

// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana fills it in
const SOURCE = { type: 'prometheus', uid: '${source}' }
const HEIGHT = 8
const WIDTH = 24

const panel = (
  { title, unit, series, mark, wide = false }: PanelOptions,
  id: number,
  x: number,
  y: number,
) => ({
  id,
  type: 'timeseries',
  title,
  datasource: SOURCE,
  gridPos: { x, y, w: wide ? WIDTH : WIDTH / 2, h: HEIGHT },
  fieldConfig: {
    defaults: {
      unit,
      min: 0,
      custom: mark === undefined ? {} : { thresholdsStyle: { mode: 'line' } },
      ...(mark !== undefined && {
        thresholds: {
          mode: 'absolute',
          steps: [
            { color: 'green', value: null },
            { color: 'red', value: mark },
          ],
        },
      }),
    },
    overrides: [],
  },
  options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } },
  targets: series.map(({ expr, legend }, index) => ({
    refId: String.fromCharCode(65 + index),
    datasource: SOURCE,
    expr,
    legendFormat: legend,
  })),
})

const panelsOf = (input: HandoffInput): PanelOptions[] => {
  const job = slugOf(input.service)
  const { run } = input
  const line = run === null ? null : (readLoadLine(run)?.load.line ?? null)
  const slowMs = run?.standards.find(({ id }) => id === 'performance.api')?.threshold.limit ?? 200
  const errors = run?.standards.find(({ id }) => id === 'reliability.error-rate')?.threshold.value ?? 0.001
  const requests = `http_requests_total{job="${job}"`
  const quantile = (q: number) =>
    `histogram_quantile(${q}, sum by (le) (rate(http_request_duration_seconds_bucket{job="${job}"}[5m])))`
  return [
    {
      title: 'Requests a second, each instance',
      unit: 'reqps',
      series: [{ expr: `sum by (instance) (rate(${requests}}[5m]))`, legend: '{{instance}}' }],
      ...(line !== null && { mark: Math.round(line.ratePerSecond) }),
    },
    {
      title: 'Share that fails',
      unit: 'percentunit',
      series: [
        { expr: `sum(rate(${requests},status=~"5.."}[5m])) / sum(rate(${requests}}[5m]))`, legend: '5xx' },
      ],
      mark: errors,
    },
    {
      title: 'Time to answer',
      unit: 's',
      series: [0.5, 0.9, 0.99].map((q) => ({ expr: quantile(q), legend: `p${q * 100}` })),
      mark: slowMs / 1000,
    },
    {
      title: 'Slowest operations, p99',
      unit: 's',
      series: [
        {
          expr: `topk(5, histogram_quantile(0.99, sum by (le, route) (rate(http_request_duration_seconds_bucket{job="${job}"}[5m]))))`,
          legend: '{{route}}',
        },
      ],
    },
    {
      title: 'Processor, each instance',
      unit: 'percentunit',
      series: [{ expr: `rate(process_cpu_seconds_total{job="${job}"}[5m])`, legend: '{{instance}}' }],
    },
    {
      title: 'Memory, each instance',
      unit: 'bytes',
      series: [{ expr: `process_resident_memory_bytes{job="${job}"}`, legend: '{{instance}}' }],
    },
  ]
}

const make = (input: HandoffInput) => ({
  title: input.service.name,
  uid: slugOf(input.service).slice(0, 40),
  description: sourceLine(input),
  schemaVersion: 39,
  version: 1,
  editable: true,
  tags: ['plimsoll'],
  time: { from: 'now-6h', to: 'now' },
  refresh: '30s',
  templating: { list: [{ name: 'source', type: 'datasource', query: 'prometheus', label: 'Source' }] },
  annotations: { list: [] },
  panels: panelsOf(input).map((options, index) =>
    panel(options, index + 1, (index % 2) * (WIDTH / 2), Math.floor(index / 2) * HEIGHT),
  ),
})

export default defineHandoff({
  id: 'dashboard',
  title: 'A Grafana dashboard with the load line drawn in',
  for: 'devops',
  make: (input) => [{ path: 'dashboard.json', text: `${JSON.stringify(make(input), null, 2)}\n` }],
})
