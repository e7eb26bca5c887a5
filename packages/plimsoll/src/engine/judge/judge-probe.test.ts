import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ProbeRecord } from '../../model/run.ts'
import { type Judgement, proven, refuted } from '../../model/verdict.ts'
import standard from '../../standards/reliability.fault-tolerance/index.ts'
import { type Judge, judgeProbe } from './judge-probe.ts'

const say = (status: string): Judgement => {
  const said = {
    subject: 'postgres',
    title: 'It hangs',
    detail: '3 of 3 requests',
    repairs: ['Bound the wait.'],
  }
  return status === 'refuted' ? refuted({ ...said, severity: 'high' }) : proven(said)
}

/** Judges the words it has seen: `refuted` and `proven`; anything else makes it throw. */
const judge: Judge = {
  id: 'slow-store',
  title: 'stays bounded',
  standard: standard.id,
  observes: z.array(z.string()),
  judge: (seen) =>
    z
      .array(z.string())
      .parse(seen)
      .map((word) => {
        if (word === 'throw') throw new Error('no such word')
        return say(word)
      }),
}

const record = (executions: unknown[], parts: Partial<ProbeRecord> = {}): ProbeRecord => ({
  probe: judge.id,
  kind: 'experiment',
  standard: standard.id,
  title: judge.title,
  outcome: 'ran',
  startedAtMs: 0,
  durationMs: 1,
  executions: executions.map((seen, index) => ({ seed: index, seen })),
  ...parts,
})
const judged = (...executions: unknown[]) => judgeProbe(judge, record(executions), standard, false)
const bad = ['refuted']
const good = ['proven']

test('refuted three times of three stays refuted', () => {
  expect(judged(bad, bad, bad, bad)).toEqual([
    expect.objectContaining({
      status: 'refuted',
      severity: 'high',
      tier: 'defect',
      confirmations: { passed: 3, of: 3 },
    }),
  ])
})

test.each([
  ['two of three', [bad, bad, good, bad]],
  ['none of three', [bad, good, good, good]],
  ['an execution whose observations are not in shape', [bad, bad, bad, 7]],
  ['an execution that the judge cannot read', [bad, bad, bad, ['throw']]],
])('%s is inconclusive and no finding', (_name, executions) => {
  const [verdict] = judged(...executions)
  expect(verdict?.status).toBe('inconclusive')
  expect(verdict).not.toHaveProperty('severity')
  expect(verdict).not.toHaveProperty('tier')
  expect(verdict?.repairs).toEqual([])
})

test('it says how often it was seen, and how often it could be looked', () => {
  const words = (...executions: unknown[]) => {
    const [{ title, detail } = { title: '', detail: '' }] = judged(...executions)
    return `${title} · ${detail}`
  }
  expect(words(bad, bad, good, bad)).toMatchInlineSnapshot(
    `"It hangs: seen, but not every time · seen again in 2 of 3 re-executions · 3 of 3 requests"`,
  )
  expect(words(bad, bad)).toMatchInlineSnapshot(
    `"It hangs: seen each time, but not often enough · seen again in 1 of 3 re-executions · only 1 of 3 re-executions ran · 3 of 3 requests"`,
  )
})

test('proven needs no confirmation', () => {
  expect(judged(good)).toEqual([
    expect.objectContaining({ status: 'proven', confirmations: { passed: 1, of: 1 } }),
  ])
})

test('a file says the same every time: an inspection is judged once', () => {
  const [verdict] = judgeProbe(judge, record([bad], { kind: 'inspection' }), standard, true)
  expect(verdict).toMatchObject({ status: 'refuted', confirmations: { passed: 1, of: 1 } })
})

test.each([
  ['threw', record([], { outcome: 'errored', reason: 'socket hang up' }), 'errored', 'socket hang up'],
  ['threw without a word', record([], { outcome: 'errored' }), 'errored', 'it threw'],
  ['saw nothing', record([]), 'errored', 'it left no observations'],
  [
    'is not in shape',
    record([7]),
    'errored',
    'its observations are not in its own shape: Invalid input: expected array, received number',
  ],
  ['cannot be judged', record([['throw']]), 'errored', 'its judge threw: no such word'],
  [
    'was skipped',
    record([], { outcome: 'skipped', reason: 'the budget ran out first' }),
    'inconclusive',
    'the budget ran out first',
  ],
  [
    'does not apply',
    record([], { outcome: 'not-applicable', reason: 'the app uses no store' }),
    'not-applicable',
    'the app uses no store',
  ],
])('a probe that %s', (_name, given, status, detail) => {
  expect(judgeProbe(judge, given, standard, false)).toEqual([
    expect.objectContaining({ status, detail, subject: 'slow-store', confirmations: { passed: 0, of: 0 } }),
  ])
})

test('what was skipped is not covered', () => {
  const [skipped] = judgeProbe(judge, record([], { outcome: 'skipped' }), standard, false)
  expect(skipped?.notCovered).toEqual(['stays bounded'])
})
