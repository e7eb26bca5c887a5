import { describe, expect, test } from 'vitest'
import { Seen } from '../../packages/plimsoll/src/experiments/load-line/seen.ts'
import type { Run } from '../../packages/plimsoll/src/model/run.ts'
import { proveFolder } from '../support/prove-specimen.ts'
import { specimens } from '../support/specimens.ts'

const PROBE = 'load-line'

/** Specimen -> what its broken twin is limited by. */
const LIMITS: Readonly<Record<string, RegExp>> = {
  'specimens/express/load-line-lock-contention': /^a lock that update counters /,
  'specimens/express/load-line-pool-of-one': /^the pool of 1$/,
  'specimens/fastify/load-line-sync-hash':
    /^the event loop, which GET \/tides keeps busy for [\d.]+ ms a request$/,
  'specimens/fastify/load-line-unbounded-list': /^answers of [\d,]+ kB on GET \/readings$/,
  'specimens/koa/load-line-missing-index': /^one statement of [\d.]+ ms on GET \/customers\/:email\/tickets$/,
  'specimens/nestjs/load-line-n-plus-one': /^61 statements a request on GET \/invoices$/,
}

const line = (run: Run) => run.verdicts.find(({ subject }) => subject === 'load line')

const told = (run: Run) => JSON.stringify(line(run), null, 1)

const limitOf = (run: Run) => {
  const chart = line(run)?.evidence.find(({ kind }) => kind === 'load')
  return chart?.kind === 'load' ? chart.load.constraint : undefined
}

/** At a line, or without one at the highest rate that was inside. */
const rateOf = ({ probes }: Run): number => {
  const seen = Seen.parse(probes.find(({ probe }) => probe === PROBE)?.executions[0]?.seen)
  const inside = seen.probes.filter(({ side }) => side === 'inside').map((probe) => probe.ratePerSecond)
  return seen.line?.ratePerSecond ?? Math.max(0, ...inside)
}

test('every seeded bottleneck has its limit here', () => {
  const folders = specimens().filter(({ probe }) => probe === PROBE)
  expect(folders.map(({ folder }) => folder)).toEqual(Object.keys(LIMITS))
})

describe.sequential.each(Object.entries(LIMITS))('%s', (folder, limit) => {
  const rates: { broken?: number } = {}

  test('broken is refuted, and its limit is named', async () => {
    const run = await proveFolder(`${folder}/broken`, [PROBE])
    expect(run.problem).toBeUndefined()
    expect([line(run)?.status, line(run)?.tier], told(run)).toEqual(['refuted', 'defect'])
    expect(line(run)?.confirmations).toEqual({ passed: 3, of: 3 })
    expect(limitOf(run)).toMatch(limit)
    rates.broken = rateOf(run)
  })

  test('fixed carries twice as much, or more', async () => {
    const run = await proveFolder(`${folder}/fixed`, [PROBE])
    expect(run.problem).toBeUndefined()
    const statuses = run.verdicts.map(({ status }) => status)
    expect(
      statuses.filter((status) => status === 'refuted' || status === 'errored'),
      told(run),
    ).toEqual([])
    expect(statuses, told(run)).toContain('proven')
    expect(rateOf(run)).toBeGreaterThanOrEqual(2 * (rates.broken ?? Number.POSITIVE_INFINITY))
  })
})
