import { expect, test } from 'vitest'
import { z } from 'zod'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import type { ProbeRecord } from '../../model/run.ts'
import { inconclusive, refuted } from '../../model/verdict.ts'
import type { Judge } from './judge-probe.ts'
import { judgeRun } from './judge-run.ts'

const judgeFor = (id: string, standard: string, severity: 'high' | 'low'): Judge => ({
  id,
  standard,
  title: id,
  observes: z.object({ bad: z.boolean() }),
  judge: (seen) => {
    const said = { subject: id, title: id, detail: '', notCovered: ['power loss'] }
    const { bad } = z.object({ bad: z.boolean() }).parse(seen)
    return [bad ? refuted({ ...said, severity }) : inconclusive(said)]
  },
})
const judges = {
  experiments: [
    judgeFor('headers', 'security.transport-storage', 'high'),
    judgeFor('outage', 'reliability.fault-tolerance', 'low'),
  ],
  inspections: [],
}
const record = (probe: string, standard: string, bad: boolean): ProbeRecord => ({
  probe,
  standard,
  kind: 'experiment',
  title: probe,
  outcome: 'ran',
  startedAtMs: 0,
  durationMs: 0,
  executions: [1, 2, 3, 4].map((seed) => ({ seed, seen: { bad } })),
})
const run = (...probes: ProbeRecord[]) => sampleRun({ verdicts: [], probes, exitCode: 0 })
const headers = record('headers', 'security.transport-storage', true)
const outage = record('outage', 'reliability.fault-tolerance', true)

test('verdicts, tallies, what is not covered and the exit code follow from the observations', () => {
  const judged = judgeRun(run(headers, outage), judges)
  expect(judged.verdicts.map(({ probe }) => probe)).toEqual(['outage', 'headers'])
  expect(judged.tallies.map(({ category, refuted }) => [category, refuted])).toEqual([
    ['reliability', 1],
    ['security', 1],
  ])
  expect(judged.notCovered).toEqual(['power loss'])
  expect(judged.exitCode).toBe(1)
})

test('judging again changes nothing', () => {
  const once = judgeRun(run(headers, outage), judges)
  expect(judgeRun(once, judges)).toEqual(once)
})

test('a judge that learnt better changes the verdict of an old Run', () => {
  const kinder = { ...judges, experiments: [judgeFor('outage', 'reliability.fault-tolerance', 'low')] }
  expect(judgeRun(run(headers, outage), kinder).verdicts.map(({ probe }) => probe)).toEqual(['outage'])
  expect(
    judgeRun(
      run({ ...outage, executions: outage.executions.map((one) => ({ ...one, seen: { bad: false } })) }),
      judges,
    ),
  ).toMatchObject({
    exitCode: 0,
    verdicts: [{ status: 'inconclusive' }],
  })
})

test('an interrupted Run keeps the signal it ended by', () => {
  expect(judgeRun({ ...run(headers), end: 'interrupted', exitCode: 143 }, judges).exitCode).toBe(143)
  expect(judgeRun({ ...run(headers), end: 'interrupted', exitCode: 130 }, judges).exitCode).toBe(130)
})

test('one probe may decide further standards: each verdict is on the one its judgement names', () => {
  const both: Judge = {
    ...judgeFor('headers', 'security.transport-storage', 'high'),
    judge: (_seen, standard, all = []) =>
      [standard, ...all.filter(({ id }) => id === 'reliability.fault-tolerance')].map(({ id }) =>
        refuted({ standard: id, subject: 'headers', title: id, detail: '', severity: 'low' }),
      ),
  }
  const { verdicts, tallies } = judgeRun(run(headers), { ...judges, experiments: [both] })
  expect(verdicts.map(({ standard, confirmations: { passed } }) => [standard, passed])).toEqual([
    ['reliability.fault-tolerance', 3],
    ['security.transport-storage', 3],
  ])
  expect(new Set(verdicts.map(({ id }) => id)).size).toBe(2)
  expect(tallies.map(({ category }) => category)).toEqual(['reliability', 'security'])
})
