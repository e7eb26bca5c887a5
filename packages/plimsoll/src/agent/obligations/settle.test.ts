import { describe, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { verdict } from '../../../../../test/support/sample-run/verdict.ts'
import type { ProbeRecord, Run } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import type { Change } from './changes/change.ts'
import type { Duty } from './derive-obligations.ts'
import { feedbackOf } from './feedback.ts'
import type { Obligation } from './obligation.ts'
import { proveObligations } from './prove-obligations.ts'
import { settle, standingOf } from './settle.ts'

const NEW = 'POST /refunds'

const change = (parts: Partial<Change> = {}): Change => ({
  ...{ change: 'new route', what: NEW, place: { file: 'src/refunds.js', line: 3 }, lines: [] },
  ...{ kinds: ['write-route'], operations: [NEW] },
  ...parts,
})

const owed = (probe: string, subjects: readonly string[] = [NEW]): Obligation => ({
  ...{
    probe,
    standard: 'integrity.acid',
    subjects,
    state: 'not-run',
    detail: 'not run',
    unreached: [],
    findings: [],
    run: null,
  },
  reasons: [{ change: 'new route', what: NEW, place: { file: 'src/refunds.js', line: 3 } }],
})

const dutyOf = (obligations: readonly Obligation[], changes: readonly Change[] = [change()]): Duty => ({
  ...{ tree: 'now', files: ['src/refunds.js'], changes, obligations },
  answersFor: new Map([
    ['race', ['write-route']],
    ['slow-store', ['start-up']],
  ]),
})

const record = (probe: string, parts: Partial<ProbeRecord> = {}): ProbeRecord => ({
  ...{ probe, kind: 'experiment', standard: 'integrity.acid', title: probe, outcome: 'ran' },
  ...{ startedAtMs: 0, durationMs: 1, executions: [] },
  ...parts,
})

const said = (
  status: Verdict['status'],
  subject: string,
  parts: Partial<Parameters<typeof verdict>[0]> = {},
) =>
  verdict({
    ...{ id: 'a1b2', probe: 'race', standard: 'integrity.acid', status, subject },
    ...{ title: 'What is there once can be taken twice', detail: '201 and 201' },
    ...(status === 'refuted' ? { severity: 'high' as const } : {}),
    ...parts,
  })

const REACHED = { route: NEW, status: 201, statements: 2, how: 'inferred' }

const runOf = (verdicts: readonly Verdict[], parts: Partial<Run> = {}): Run => {
  const sample = sampleRun({ verdicts: [...verdicts], probes: [record('race')], failOn: 'low', tree: 'now' })
  return { ...sample, lab: { ...sample.lab, reach: [REACHED] }, ...parts }
}

const outcome = (run: Run | null, duty = dutyOf([owed('race')]), baseline: Run | null = null) => {
  const ledger = settle(duty, { run, baseline, weakened: [] })
  const [first] = ledger.obligations
  return {
    state: first?.state,
    detail: first?.detail,
    findings: first?.findings,
    apart: ledger.apart,
    as: standingOf(ledger),
  }
}

describe('evidence', () => {
  test('of another tree is none', () => {
    const run = runOf([said('proven', `${NEW} × itself`)])
    expect(outcome(run)).toMatchObject({ state: 'proven', as: 'proven' })
    expect(outcome({ ...run, tree: 'before' })).toMatchObject({ state: 'not-run', as: 'unproven' })
    expect(outcome(null)).toMatchObject({ state: 'not-run', as: 'unproven' })
  })

  test.each<[string, Partial<ProbeRecord>, object]>([
    [
      'it did not run',
      { outcome: 'skipped', reason: 'the budget ran out first' },
      { state: 'not-run', detail: 'the budget ran out first' },
    ],
    ['it broke', { outcome: 'errored', reason: 'no' }, { state: 'inconclusive', detail: 'it broke: no' }],
    [
      'nothing is there',
      { outcome: 'not-applicable', reason: 'no store' },
      { state: 'not-applicable', as: 'proven' },
    ],
  ])('%s', (_, parts, expected) => {
    expect(outcome(runOf([], { probes: [record('race', parts)] }))).toMatchObject(expected)
  })

  test('an operation that is new has to be reached', () => {
    const refused = { ...REACHED, status: 403 }
    const run = runOf([said('proven', 'pairs that cannot meet')])
    expect(outcome({ ...run, lab: { ...run.lab, reach: [refused] } })).toMatchObject({
      state: 'inconclusive',
      detail: `${NEW} accepted no request: answered 403`,
    })
    expect(outcome({ ...run, lab: { ...run.lab, reach: [] } })).toMatchObject({
      detail: `${NEW} was not tried`,
    })
    const unknown = { ...REACHED, status: null, how: 'no id is known for its path' }
    expect(outcome({ ...run, lab: { ...run.lab, reach: [unknown] } })).toMatchObject({
      detail: `${NEW} was not reached: no id is known for its path`,
    })
    const noted = runOf([
      said('proven', 'pairs that cannot meet', { notCovered: [`${NEW}: it answered 409`] }),
    ])
    expect(outcome(noted)).toMatchObject({ detail: `not covered: ${NEW}: it answered 409` })
  })
})

describe('what the lab did not reach', () => {
  const refused = { ...REACHED, status: 401 }
  const holds = said('proven', `${NEW} × itself`)
  const reaching = (run: Run, ...reach: Run['lab']['reach']) => ({ ...run, lab: { ...run.lab, reach } })

  test('is not proven by what is said of its refusals', () => {
    const expected = { state: 'inconclusive', detail: `${NEW} accepted no request: answered 401` }
    expect(outcome(reaching(runOf([holds]), refused))).toMatchObject({ ...expected, as: 'unproven' })
    expect(outcome(reaching(runOf([holds]), refused, REACHED))).toMatchObject({ state: 'proven' })
    expect(outcome(reaching(runOf([holds]), { ...REACHED, status: 302 }))).toMatchObject({ state: 'proven' })
  })

  test('does not become a thing that nothing has to be proved of', () => {
    const none = said('not-applicable', 'writes', { detail: 'no two of them meet' })
    expect(outcome(reaching(runOf([none]), refused))).toMatchObject({ state: 'inconclusive' })
    expect(outcome(reaching(runOf([none]), REACHED))).toMatchObject({ state: 'not-applicable' })
  })

  test('may be told by the experiment itself, which speaks to more or to less', () => {
    const tried = (reached: boolean) =>
      record('race', {
        executions: [
          { seed: 1, seen: { operations: [{ operation: NEW, reached, why: 'it wants a file' }] } },
        ],
      })
    expect(outcome(reaching(runOf([holds], { probes: [tried(true)] }), refused))).toMatchObject({
      state: 'proven',
    })
    expect(outcome(runOf([holds], { probes: [tried(false)] }))).toMatchObject({
      ...{ state: 'inconclusive', detail: `not covered: ${NEW}: it wants a file` },
    })
  })

  test('is told beside what is proven, where a change is shared by many and few of them are missing', () => {
    const shared = Array.from({ length: 10 }, (_, at) => `POST /things/${at}`)
    const query = change({ change: 'changed query', what: 'src/db.js', kinds: ['query'], operations: shared })
    const whole = said('proven', 'statements')
    const seen = (from: number) => shared.slice(from).map((route) => ({ ...REACHED, route }))
    const of = (from: number, changes = [query]) => {
      const run = reaching(runOf([whole]), ...seen(from))
      return settle(dutyOf([owed('race', shared)], changes), { run, baseline: null, weakened: [] })
        .obligations[0]
    }
    expect(of(2)).toMatchObject({
      state: 'proven',
      unreached: ['POST /things/0 was not tried', 'POST /things/1 was not tried'],
    })
    expect(of(3)).toMatchObject({ state: 'inconclusive' })
    const handler = change({
      change: 'changed handler',
      what: 'POST /things/1',
      operations: ['POST /things/1'],
    })
    expect(of(2, [query, handler])).toMatchObject({
      state: 'inconclusive',
      detail: 'POST /things/1 was not tried; POST /things/0 was not tried',
    })
  })
})

test('what an inspection could not tell is named beside what it did not find', () => {
  const open = said('inconclusive', 'package.json', { title: 'Advisories', detail: 'no database is there' })
  const run = runOf([open], { probes: [record('race', { kind: 'inspection' })] })
  const { obligations } = settle(dutyOf([owed('race', [])]), { run, baseline: null, weakened: [] })
  expect(obligations).toMatchObject([{ state: 'proven', unreached: ['Advisories: no database is there'] }])
})

describe('a finding counts', () => {
  const touched = runOf([said('refuted', `${NEW} × itself`)])

  test('on what the change touches, also where it was there before', () => {
    expect(outcome(touched)).toMatchObject({ state: 'refuted', findings: ['a1b2'], as: 'refuted' })
    expect(outcome(touched, undefined, touched)).toMatchObject({ state: 'refuted', findings: ['a1b2'] })
  })

  test('elsewhere only when it was not there before', () => {
    const other = runOf([
      said('proven', `${NEW} × itself`, { id: 'ok' }),
      said('refuted', 'POST /bookings × itself'),
    ])
    expect(outcome(other)).toMatchObject({ state: 'proven', apart: ['a1b2'] })
    expect(outcome(other, undefined, other)).toMatchObject({ state: 'proven', apart: ['a1b2'] })
    expect(outcome(other, undefined, runOf([]))).toMatchObject({ state: 'refuted', findings: ['a1b2'] })
    expect(outcome(other, undefined, runOf([], { probes: [] }))).toMatchObject({ state: 'proven' })
  })

  test('a longer path is another operation', () => {
    const other = runOf([said('refuted', `${NEW}/:id: 5xx`), said('proven', `${NEW} × itself`, { id: 'ok' })])
    expect(outcome(other)).toMatchObject({ state: 'proven', apart: ['a1b2'] })
  })

  test('where a changed line is its place', () => {
    const place = { file: 'src/stock.js', line: 9 }
    const other = runOf([said('refuted', 'src/stock.js', { places: [place] })], {
      probes: [record('race', { kind: 'inspection' })],
    })
    const lines = [{ file: 'src/stock.js', from: 9, to: 9 }]
    expect(outcome(other, dutyOf([owed('race', [])], [change({ lines })]))).toMatchObject({
      state: 'refuted',
    })
    expect(outcome(other, dutyOf([owed('race', [])]))).toMatchObject({ state: 'proven', apart: ['a1b2'] })
  })

  test('on the backend as a whole, when the change is about the whole', () => {
    const slow = { probe: 'slow-store', detail: 'no answer within 10 s' }
    const run = runOf([said('refuted', 'postgres: affected requests', slow)], {
      probes: [record('slow-store')],
    })
    const owes = [owed('slow-store', [])]
    const startUp = change({ kinds: ['start-up'], operations: [] })
    expect(outcome(run, dutyOf(owes, [startUp]))).toMatchObject({ state: 'refuted' })
    expect(outcome(run, dutyOf(owes))).toMatchObject({
      state: 'inconclusive',
      detail: 'a1b2 What is there once can be taken twice: no earlier Run tells whether it was there before',
    })
    expect(outcome(run, dutyOf(owes), run)).toMatchObject({ state: 'proven', apart: ['a1b2'] })
  })

  test('a suspicion or advice never does', () => {
    expect(
      outcome(runOf([said('refuted', NEW, { tier: 'suspicion' }), said('proven', NEW, { id: 'ok' })])),
    ).toMatchObject({ state: 'proven' })
  })
})

test('what is open is asked for once, and joins what is known', async () => {
  const duty = dutyOf([owed('race'), owed('contract')])
  const first = settle(duty, {
    run: runOf([said('proven', `${NEW} × itself`)]),
    baseline: null,
    weakened: [],
  })
  const asked: unknown[] = []
  const contract = said('proven', NEW, { probe: 'contract', id: 'c' })
  const door = {
    prove: async ({ only }: { only?: readonly string[] }) => {
      asked.push(only)
      return { run: runOf([contract], { probes: [record('contract')] }), dir: '' }
    },
  }
  const options = { baseline: null, weakened: [], budgetSeconds: 60, signal: new AbortController().signal }
  const second = await proveObligations(duty, door, { ...options, ledger: first })
  expect(asked).toEqual([['contract']])
  expect(second.ledger.obligations.map(({ state }) => state)).toEqual(['proven', 'proven'])
  expect(standingOf(second.ledger)).toBe('proven')
  expect((await proveObligations(duty, door, { ...options, ledger: second.ledger })).run).toBeNull()
})

describe('feedback', () => {
  const run = runOf([said('refuted', `${NEW} × itself`, { repairs: ['Lock the row'] })], {
    probes: [record('race'), record('contract', { outcome: 'skipped', reason: 'the budget ran out first' })],
  })
  const weakened = [
    {
      file: 'test/a.test.js',
      kind: 'test' as const,
      how: 'a test was skipped: "x"',
      place: { file: 'test/a.test.js', line: 3 },
    },
  ]

  test('says what is refuted, why, where, and what to do next', () => {
    const ledger = settle(dutyOf([owed('race'), owed('contract')]), { run, baseline: null, weakened: [] })
    expect(feedbackOf(ledger, run)).toMatchInlineSnapshot(`
      "1 refuted · 1 not run.
      Refuted
      ✖ a1b2 · high · race on POST /refunds × itself · What is there once can be taken twice
        why   201 and 201 (3 of 3)
        mend  Lock the row
        due   new route POST /refunds (src/refunds.js:3)
      Open
      – contract: the budget ran out first
      Next: mend the cause, then prove race again; plimsoll replay a1b2 repeats the first."
    `)
    const worse = { ...ledger, weakened }
    expect(feedbackOf(worse, run)).toContain('Weakened\n✖ test/a.test.js:3 · a test was skipped: "x"')
    expect(standingOf({ ...ledger, obligations: [], weakened })).toBe('refuted')
  })

  test('stays below its limit', () => {
    const many = Array.from({ length: 60 }, (_, at) =>
      said('refuted', `${NEW} × itself`, { id: `x${at}`, detail: 'größer '.repeat(80) }),
    )
    const large = runOf(many)
    const ledger = settle(dutyOf([owed('race')]), { run: large, baseline: null, weakened })
    const text = feedbackOf(ledger, large)
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(4_000)
    expect(text).toMatch(/\(\d+ more\)/)
    expect(text).toContain('Next: put the weakened gates back')
  })

  test('an app that does not start is the first thing to mend', () => {
    const problem = { code: 'E_TARGET_NOT_READY', message: 'The app did not become ready.', hint: '' }
    const dead = runOf([], {
      problem,
      probes: [record('race', { outcome: 'skipped', reason: 'the target did not get ready' })],
    })
    const ledger = settle(dutyOf([owed('race')]), { run: dead, baseline: null, weakened: [] })
    expect(feedbackOf(ledger, dead)).toMatchInlineSnapshot(`
      "1 not run.
      The app did not get ready: The app did not become ready.
      Open
      – race: the target did not get ready
      Next: let the app start; until then nothing can be proved."
    `)
  })
})
