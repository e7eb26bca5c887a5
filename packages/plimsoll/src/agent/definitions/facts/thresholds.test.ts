import { expect, test } from 'vitest'
import type { StatedThreshold } from '../../../model/agent.ts'
import { standards } from '../../../standards/catalogue.generated.ts'
import { outline } from './outline.ts'
import { readThresholds } from './thresholds.ts'
import { thresholdsOf } from './thresholds-of.ts'

const short = ({ comparison, value, unit, standard }: StatedThreshold) =>
  `${comparison} ${value} ${unit}${standard === null ? '' : ` ${standard}`}`

const read = (body: string) => readThresholds(outline(body)).map(short)

/** How a figure may be written -> what it is. */
test.each<[string, string[]]>([
  ['- **Target Availability**: 99.9% (8.7 hours/year downtime)', ['>= 99.9 %', '<= 8.7 hours/year']],
  ['- **Critical Services**: 99.99% availability', ['>= 99.99 %']],
  ['- Uptime: three nines', ['>= 99.9 %']],
  ['- Availability: 99,95 %', ['>= 99.95 %']],
  ['- Planned maintenance: <2 hours/month', ['< 2 hours/month']],
  ['- Downtime: at most 52 minutes per year', ['<= 0.866666666667 hours/year']],
  ['- Maintenance: 30 min a week', ['<= 2.17261904762 hours/month']],
  ['- Maintenance: 4 hours yearly', ['<= 4 hours/year']],
  ['- **Recovery Time**: <5 minutes for critical services', ['< 5 minutes reliability.recovery']],
  ['- RTO: 90 s', ['<= 90 seconds reliability.recovery']],
  ['- MTTR ≤ 0.5 h', ['<= 0.5 hours reliability.recovery']],
  ['- We are back within five minutes after a failover.', ['<= 5 minutes reliability.recovery']],
  ['- **API Response Time**: <200ms for standard operations', ['< 200 ms performance.api']],
  ['- Latency (p99): 150 ms', ['< 150 ms performance.api']],
  ['- Endpoints answer in under 0.25 seconds.', ['< 0.25 seconds performance.api']],
  ['- p95 latency: 100ms', ['< 100 ms']],
  ['- **Database Queries**: <100ms for simple queries', ['< 100 ms performance.query']],
  ['- No SQL statement takes more than 50 ms', ['<= 50 ms performance.query']],
  ['- Responses never exceed 300 ms', ['<= 300 ms performance.api']],
  ['- SQL statements: no more than 50 ms', ['<= 50 ms performance.query']],
  ['- **Error Rate**: <0.1% for critical operations', ['< 0.1 % reliability.error-rate']],
  ['- Errors: fewer than 1 in 1,000', ['< 0.1 % reliability.error-rate']],
  ['- Success rate: at least 99.5 percent', ['>= 99.5 % reliability.error-rate']],
  ['- **Throughput**: Handle 1000+ requests/second', ['>= 1000 /s performance.throughput']],
  ['- Load: 10k req/s sustained', ['>= 10000 /s performance.throughput']],
  ['- Capacity: at least 1,500 rps', ['>= 1500 /s performance.throughput']],
  ['- It carries 60 000 requests per minute or more', ['>= 1000 /s performance.throughput']],
  ['- Peak: 2 million requests an hour', ['>= 555.555555556 /s performance.throughput']],
  ['- Graceful shutdown: 15 s', ['<= 15 seconds reliability.shutdown']],
  ['- Memory must not leak in a soak of at least 48 hours', ['>= 48 hours reliability.soak']],
  ['- RPO: 1 minute', ['<= 1 minutes']],
  ['- Coverage: 80%+', ['>= 80 %']],
])('%s', (line, figures) => {
  expect(read(line)).toEqual(figures)
})

test.each([
  '- Node.js 20, port 3000, AES-256, HTTP 429',
  '- Retry with 3 attempts',
  '- Sessions live for 30 minutes',
  '- Use OAuth 2.0 and RFC 9110',
  '```\nlatency: < 200ms\n```',
  '- see step 5 s. 12',
])('%j states no standard', (body) => {
  expect(read(body)).toEqual([])
})

test('under a heading of targets a bare figure counts, also in a table', () => {
  expect(
    read(
      '## Service level objectives\n\n| what | target |\n|---|---|\n| Response time | 300 ms |\n| Error rate | 0.05 % |',
    ),
  ).toEqual(['< 300 ms performance.api', '< 0.05 % reliability.error-rate'])
  expect(read('# Query budget\n\nStay below 80ms.')).toEqual(['< 80 ms performance.query'])
  expect(read('Targets\n=======\n\n* throughput — 250 requests / s')).toEqual([
    '>= 250 /s performance.throughput',
  ])
})

test('a figure knows its name, its words and its line', () => {
  const [found] = readThresholds(outline('# X\n\n- **Error Rate**: `<0.1%` for critical\n  operations', 10))
  expect(found).toMatchObject({ name: 'Error Rate', text: '<0.1% for critical operations', line: 12 })
})

const figures = (body: string) => thresholdsOf({ thresholds: readThresholds(outline(body)) }, standards)

test('figures that are our own change nothing', () => {
  const own =
    '- API response: <200ms\n- Queries: <100ms\n- Error rate: <0.1%\n- Throughput: 1000+ requests/second\n- Recovery: <5 minutes'
  expect(figures(own)).toEqual({ values: {}, limits: {} })
})

test('others are given in the unit of the standard', () => {
  expect(
    figures(
      '- API response: <0.15 s\n- Error rate: <1%\n- Throughput: 500 rps\n- Recovery: <2 minutes\n- Soak: at least 2880 minutes\n- Success rate: >= 99.5%',
    ),
  ).toEqual({
    values: {
      'performance.throughput': 500,
      'reliability.error-rate': 0.005,
      'reliability.recovery': 120,
      'reliability.soak': 48,
    },
    limits: { 'performance.api': 150 },
  })
})
