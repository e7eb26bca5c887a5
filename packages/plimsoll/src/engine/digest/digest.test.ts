import { describe, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { byteLength } from '../../base/text/fit.ts'
import type { Verdict } from '../../model/verdict.ts'
import { digestRun } from './digest-run.ts'
import { tellDigest } from './tell-digest.ts'
import { tellVerdict } from './tell-finding.ts'

const run = sampleRun()

test('the facts of a Run, the most important first', () => {
  const digest = digestRun(run)
  expect(digest.counts).toMatchObject({
    refuted: digest.defects.length,
    proven: run.verdicts.filter(({ status }) => status === 'proven').length,
  })
  expect(digest.defects[0]).toMatchObject({
    id: 'b7k2',
    category: 'reliability',
    severity: 'critical',
    probe: 'crash-on-store-loss',
  })
  expect(digest.defects.map(({ category }) => category)).toEqual(
    digest.defects.map(({ category }) => category).toSorted((a, b) => order.indexOf(a) - order.indexOf(b)),
  )
  expect(digest.defects.find(({ id }) => id === 'm3qa')?.where).toEqual(['src/routes/bookings.ts:29'])
})
const order = [
  'reliability',
  'integrity',
  'security',
  'performance',
  'api',
  'operability',
  'compliance',
  'quality',
]

test('of a store, where its client is made, if nothing surer is known', () => {
  const verdict = run.verdicts.find(({ id }) => id === 'b7k2')
  const bare = verdict && { ...verdict, subject: 'postgres: survival', places: [], evidence: [] }
  expect(bare && tellVerdict(run, bare)).toContain('look at  src/db.ts:4\n')
})

test('as text for a model', () => {
  expect(tellDigest(digestRun(run))).toMatchSnapshot()
})

test('that nothing held the app, where that was wanted', () => {
  const told = (sandbox: 'none' | 'unshare') =>
    tellDigest(digestRun({ ...run, lab: { ...run.lab, sandbox } }))
  expect(told('none')).toContain(
    '\nNot held: nothing on this machine keeps what the lab boots from the files',
  )
  expect(told('unshare')).not.toContain('Not held')
})

test('told how they stand to the work, those that it answers for come first, within the same size', () => {
  const digest = digestRun(run)
  const last = digest.defects.at(-1)?.id ?? ''
  const origins = new Map(digest.defects.map(({ id }) => [id, id === last ? 'new' : 'before'] as const))
  const text = tellDigest(digest, undefined, origins)
  expect(text).toContain(`Since the work began: 1 new (${last}); `)
  expect(text.indexOf(`✖ ${last} · new · `)).toBe(text.indexOf('✖ '))
  expect(text).toContain('✖ b7k2 · there before · critical')
  expect(byteLength(text)).toBeLessThanOrEqual(4_000)
})

test('one finding with its evidence', () => {
  const finding = run.verdicts.find(({ id }) => id === 'm3qa')
  expect(finding && tellVerdict(run, finding)).toMatchSnapshot()
})

const long = (verdict: Verdict, at: number): Verdict => ({
  ...verdict,
  id: `x${at}`,
  title: `${verdict.title} ${'and so on '.repeat(60)}`,
  detail: 'größer '.repeat(300),
  subject: `GET /${'deep/'.repeat(80)}`,
  repairs: ['mend it '.repeat(200)],
  notCovered: ['much '.repeat(200)],
})

describe('never over its limit, whatever the Run', () => {
  const many = Array.from({ length: 400 }, (_, at) => run.verdicts.map((verdict) => long(verdict, at))).flat()
  const huge = sampleRun({
    verdicts: many,
    notCovered: many.slice(0, 300).map(({ id }) => `what ${id} does not cover`),
  })
  test.each([1_000, 2_000, 4_000])('%i bytes', (most) => {
    const text = tellDigest(digestRun(huge), most)
    expect(byteLength(text)).toBeLessThanOrEqual(most)
    expect(text).toMatch(/\(\d+ more\)/)
    expect(text).toContain('Next: findings {"id":')
  })
  test.each(run.verdicts.map((verdict) => [verdict.id, verdict] as const))('finding %s', (_, verdict) => {
    expect(byteLength(tellVerdict(run, verdict))).toBeLessThanOrEqual(4_000)
    expect(byteLength(tellVerdict(run, long(verdict, 1)))).toBeLessThanOrEqual(4_000)
  })
})

test('a target that never got ready: the problem and its hint', () => {
  const failed = sampleRun({
    end: 'not-ready',
    exitCode: 3,
    problem: {
      code: 'E_TARGET_NOT_READY',
      message: 'The app did not become ready.\nError: no DATABASE_URL',
      hint: 'Set it.',
    },
    verdicts: [],
    probes: [],
  })
  expect(tellDigest(digestRun(failed))).toContain(
    'E_TARGET_NOT_READY: The app did not become ready.\nError: no DATABASE_URL\nHint: Set it.',
  )
  expect(tellDigest(digestRun(failed))).toContain('Next: mend what keeps the app from getting ready')
})

test('what was not run is listed by reason, and is not called proven', () => {
  const skipped = ['race', 'slow-store'].map((probe) => ({
    probe,
    kind: 'experiment' as const,
    standard: 'integrity.acid',
    title: probe,
    outcome: 'skipped' as const,
    reason: 'the budget ran out first',
    startedAtMs: 0,
    durationMs: 0,
    executions: [],
  }))
  const text = tellDigest(digestRun(sampleRun({ end: 'budget', verdicts: [], probes: skipped })))
  expect(text).toContain('Not run\n  the budget ran out first: race, slow-store')
  expect(text).toContain('what was not run is not proven')
})
