import { expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { verdict } from '../../../../../test/support/sample-run/verdict.ts'
import type { Run } from '../../model/run.ts'
import { ledgerOf, untoldProbes } from './baseline.ts'
import type { Change } from './changes/change.ts'
import type { Duty } from './derive-obligations.ts'
import { originsIn } from './origins-in.ts'

const CHANGED = 'POST /refunds'
const change: Change = {
  ...{ change: 'changed handler', what: CHANGED, place: null, lines: [] },
  ...{ kinds: ['write-route'], operations: [CHANGED] },
}
const duty: Duty = {
  ...{ tree: 'now', files: [], changes: [change], answersFor: new Map() },
  obligations: [
    {
      ...{ probe: 'race', standard: 'integrity.acid', subjects: [CHANGED], reasons: [], state: 'not-run' },
      ...{ detail: '', unreached: [], findings: [], run: null },
    },
  ],
}

const runWith = (...subjects: string[]): Run =>
  sampleRun({
    failOn: 'low',
    probes: [
      {
        ...{ probe: 'race', kind: 'experiment', standard: 'integrity.acid', title: 'race', outcome: 'ran' },
        ...{ startedAtMs: 0, durationMs: 1, executions: [] },
      },
    ],
    verdicts: subjects.map((subject) =>
      verdict({
        ...{ id: subject, probe: 'race', standard: 'integrity.acid', status: 'refuted', severity: 'high' },
        ...{ subject, title: 'Taken twice', detail: '' },
      }),
    ),
  })

const OTHER = 'POST /bookings'
const WHOLE = 'the backend'

test('without a Run of the files before, what was changed decides', () => {
  const run = runWith(CHANGED, OTHER, WHOLE)
  expect([...originsIn(run, duty, null).values()]).toEqual(['touched', 'elsewhere', 'unknown'])
  expect(untoldProbes(duty, { runs: [run], baseline: null })).toEqual(['race'])
  expect(untoldProbes(duty, { runs: [runWith(CHANGED, OTHER)], baseline: null })).toEqual([])
})

test('with one, it does', () => {
  const run = runWith(CHANGED, OTHER, WHOLE)
  const origins = (before: Run) => [...originsIn(run, duty, before).values()]
  expect(origins(run)).toEqual(['kept', 'before', 'before'])
  expect(origins(runWith())).toEqual(['new', 'new', 'new'])
  expect(origins(runWith(OTHER))).toEqual(['new', 'before', 'new'])
  expect(untoldProbes(duty, { runs: [run], baseline: runWith() })).toEqual([])
})

test('another seed takes no refutation back, the same one does', () => {
  const sample = sampleRun()
  const reach = [{ route: CHANGED, status: 201, statements: 1, how: 'inferred' }]
  const at = (seed: number, run: Run): Run => ({ ...run, seed, tree: 'now', lab: { ...sample.lab, reach } })
  const state = (...runs: Run[]) =>
    ledgerOf(duty, { runs, baseline: null, weakened: [] }).obligations.map((one) => one.state)
  const [bad, good] = [runWith(CHANGED), runWith()]
  expect(state(at(1, bad), at(1, good))).toEqual(['proven'])
  expect(state(at(1, bad), at(7, good))).toEqual(['refuted'])
  expect(state(at(7, good), at(1, bad), at(1, good))).toEqual(['proven'])
})
