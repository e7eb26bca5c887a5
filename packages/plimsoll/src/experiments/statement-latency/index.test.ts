import { expect, test } from 'vitest'
import { lines, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/performance.query/index.ts'
import experiment, { type Seen } from './index.ts'

const shape = (name: string, quick: number, slow = 0): Seen['shapes'][number] => ({
  shape: `select ${name}`,
  route: `GET /${name}`,
  durationsMs: [...Array<number>(quick).fill(1.5), ...Array<number>(slow).fill(140)],
})
const judge = (shapes: Seen['shapes'], sentinelMs: number[] = Array<number>(60).fill(1)) =>
  experiment.judge(
    experiment.observes.parse({ store: 'postgres', requests: 600, shapes, sentinelMs } satisfies Seen),
    standard,
  )

test('six hundred quick statements prove it, with their figure', () => {
  const judged = judge([shape('books', 400), shape('authors', 200)])
  expect(judged.map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "0 of 600 statements of 2 shapes took 100 ms or more: under 0.50 % at 95 %",
        "status": "proven",
        "subject": "postgres",
        "title": "Statements are quick",
      },
    ]
  `)
  expect(judged[0]?.figures[0]).toMatchObject({ n: 600, value: 0, unit: 'proportion' })
})

test('299 clean ones are enough, 298 are not', () => {
  expect(lines(judge([shape('books', 299)]))).toEqual(['proven postgres'])
  expect(judge([shape('books', 298)]).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "0 of 298 statements of 1 shape took 100 ms or more: under 1.00 % at 95 %",
        "status": "inconclusive",
        "subject": "postgres",
        "title": "Not enough statements to prove that they are quick",
      },
    ]
  `)
})

test('a slow statement is refuted by its shape, and only that one', () => {
  const judged = judge([shape('books', 300), shape('reports', 60, 40)])
  expect(judged.map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "40 of 100 took 100 ms or more, median 2 ms · on GET /reports",
        "severity": "medium",
        "status": "refuted",
        "subject": "statement n89n",
        "tier": "defect",
        "title": "A statement is slow",
      },
    ]
  `)
  expect(judged[0]?.figures[0]?.n).toBe(100)
})

test('two slow ones are too few to accuse', () => {
  expect(lines(judge([shape('reports', 0, 2)]))).toEqual(['inconclusive postgres'])
})

test('a busy machine decides nothing that it may have caused itself', () => {
  const sentinelMs = [...Array<number>(40).fill(1), ...Array<number>(20).fill(160)]
  expect(judge([shape('reports', 60, 40)], sentinelMs).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "20 of 60 times SELECT 1 itself took 100 ms or more past the app: the machine was busy · 40 of 100 statements of 1 shape took 100 ms or more: under 48.7 % at 95 %",
        "status": "inconclusive",
        "subject": "postgres",
        "title": "Statements could not be timed",
      },
    ]
  `)
})

test('a statement that is slow far beyond the machine is refuted all the same', () => {
  const sentinelMs = [...Array<number>(60).fill(1), 170]
  expect(lines(judge([shape('reports', 60, 40)], sentinelMs))[0]).toContain('refuted defect')
})

test('quick statements on a busy machine are quick', () => {
  const sentinelMs = [...Array<number>(40).fill(1), ...Array<number>(20).fill(160)]
  expect(lines(judge([shape('books', 600)], sentinelMs))).toEqual(['proven postgres'])
})

test('no statement at all decides nothing', () => {
  expect(lines(judge([], []))).toEqual(['inconclusive postgres'])
})
