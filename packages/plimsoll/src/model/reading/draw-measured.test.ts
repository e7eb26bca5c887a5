import { expect, test } from 'vitest'
import { course, growth, latencies, load, overloaded } from '../../../../../test/support/sample-run/load.ts'
import { visibleWidth } from '../../base/text/wrap.ts'
import type { Evidence } from '../evidence.ts'
import { drawMeasured, isMeasured } from './draw-measured.ts'

const samples = {
  load: { kind: 'load', title: 'load', load },
  overloaded: { kind: 'load', title: 'overloaded', load: overloaded },
  latencies: { kind: 'latencies', title: 'latencies', latencies },
  growth: { kind: 'growth', title: 'growth', growth },
  course: { kind: 'course', title: 'course', course },
} as const satisfies Record<string, Evidence>

test.each(Object.entries(samples))('%s as text', (_, evidence) => {
  expect(`\n${drawMeasured(evidence, 76).join('\n')}\n`).toMatchSnapshot()
})

test.each([60, 76, 80, 120])('a chart of load is at most %i columns wide', (width) => {
  const constraint = 'a wait inside the app: neither its loop, nor processors, nor connections were used up'
  for (const chart of [load, overloaded, { ...load, constraint }]) {
    const lines = drawMeasured({ kind: 'load', title: '', load: chart }, width)
    expect(lines.filter((line) => visibleWidth(line) > width)).toEqual([])
  }
})

test.each(['latencies', 'growth', 'course'] as const)('%s fits a terminal with long names', (kind) => {
  const name = 'GET /organisations/:organisation/projects/:project/members'
  const long: Record<typeof kind, Extract<Evidence, { kind: 'latencies' | 'growth' | 'course' }>> = {
    latencies: {
      kind: 'latencies',
      title: '',
      latencies: { ...latencies, operations: latencies.operations.map((it) => ({ ...it, name })) },
    },
    growth: {
      kind: 'growth',
      title: '',
      growth: { ...growth, operations: growth.operations.map((it) => ({ ...it, name })) },
    },
    course: {
      kind: 'course',
      title: '',
      course: { ...course, series: course.series.map((it) => ({ ...it, name })) },
    },
  }
  expect(drawMeasured(long[kind], 76).filter((line) => visibleWidth(line) > 76)).toEqual([])
})

test('a series that was never had is told, not drawn', () => {
  const nothing: typeof course = { atSeconds: [0], series: [{ name: 'memory', unit: 'MB', values: [null] }] }
  expect(drawMeasured({ kind: 'course', title: '', course: nothing }).join('\n')).toContain('not had')
})

test('the kinds that are drawn are those that were measured under load', () => {
  expect(Object.values(samples).every(isMeasured)).toBe(true)
  expect(isMeasured({ kind: 'text', title: '', text: '' })).toBe(false)
})
