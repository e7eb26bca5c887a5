import { describe, expect, test } from 'vitest'
import { exchange, lines, worded } from '../../../../../test/support/exchange.ts'
import type { Played } from '../../model/schedule.ts'
import standard from '../../standards/integrity.idempotency/index.ts'
import experiment from './index.ts'
import type { Effect, Keyed, Natural, Retried, Seen, Step, Together } from './seen.ts'

const payment: Effect = { table: 'payments', added: 1, removed: 0, rows: [{ id: '1', amount: '100' }] }
const payments: Effect = { ...payment, added: 2 }

const answer = (status: number, body = '{"id":1,"code":"k7Jw2mQz"}') =>
  exchange({ method: 'POST', path: '/payments', status, body })
const step = (status: number, effects: Effect[] = [], body?: string): Step => ({
  exchange: answer(status, body),
  effects,
})

const played = (outcome: Played['outcome'] = 'played', reason = ''): Played => ({
  schedule: {
    turns: [
      { actor: 'A', until: { before: 'write', nth: 1 } },
      { actor: 'B', until: 'end' },
      { actor: 'A', until: 'end' },
    ],
  },
  steps: [],
  ...{ outcome, reason },
})

const together = (parts: Partial<Together> = {}): Together => ({
  played: played(),
  answers: [answer(201), answer(201)],
  ...{ outcome: 'once', effects: [payment] },
  ...parts,
})

const retried = (parts: Partial<Retried> = {}): Retried => ({
  ...{ sql: 'COMMIT', kind: 'commit', struck: true },
  cut: answer(503, '{"error":"try again shortly"}'),
  retries: [answer(201)],
  ...{ retriedMs: 40, freedByAge: null, outcome: 'once', effects: [payment] },
  ...parts,
})

const route = 'POST /payments'
const sound: Keyed = {
  route,
  key: { in: 'header', name: 'Idempotency-Key', sure: true, from: 'server.js:12' },
  reason: '',
  once: step(201, [payment]),
  replay: step(201),
  fresh: step(201, [payment], '{"id":2,"code":"p0aa81Lx"}'),
  onWire: true,
  together: [together(), together({ played: played('guarded', 'B waits in the store for A') })],
  retried: [retried()],
  otherBody: { step: step(422), fresh: step(201, [payment]) },
  otherAccount: {
    step: step(201, [payment], '{"id":3,"code":"zz81Qpl0"}'),
    fresh: step(201, [payment], '{"id":4,"code":"ab12Cde3"}'),
  },
  origin: null,
}

const judge = (parts: Partial<Seen> = {}) =>
  experiment.judge(
    experiment.observes.parse({
      ...{ store: 'postgres', reason: '', keyed: [], natural: [], doubled: [] },
      ...parts,
    }),
    standard,
  )
const judgeKey = (parts: Partial<Keyed>, subject: string) => {
  const found = judge({ keyed: [{ ...sound, ...parts }] }).find((one) => one.subject.endsWith(`: ${subject}`))
  if (found === undefined) throw new Error(`no judgement about ${subject}`)
  return found
}
const said = (one: { status: string; tier?: string | undefined; severity?: string | undefined }) =>
  [one.status, one.tier, one.severity].filter((word) => word !== undefined).join(' ')

test('a key that does what it promises is proven in every way it was used', () => {
  expect(lines(judge({ keyed: [sound] }))).toEqual([
    'proven POST /payments: the same key again',
    'proven POST /payments: the same key at once',
    'proven POST /payments: the same key after a lost reply',
    'proven POST /payments: the same key, another body',
    'proven POST /payments: the same key, another account',
  ])
})

describe('the same key again', () => {
  test('a second effect is a defect', () => {
    const one = judgeKey({ replay: step(201, [payment]) }, 'the same key again')
    expect(worded(one)).toMatchInlineSnapshot(`
      {
        "detail": "payments: 1 row added by the repeat · 201, then 201 · header Idempotency-Key (server.js:12)",
        "severity": "critical",
        "status": "refuted",
        "subject": "POST /payments: the same key again",
        "tier": "defect",
        "title": "A repeat with the same key has a second effect",
      }
    `)
    expect(one.repairs.length).toBeGreaterThan(1)
  })

  test('more rows in some tables only may be a journal: a suspicion', () => {
    const journal: Effect = { table: 'request_notes', added: 1, removed: 0, rows: [] }
    const parts = { replay: step(201, [journal]), fresh: step(201, [payment, journal]) }
    expect(said(judgeKey(parts, 'the same key again'))).toBe('refuted suspicion critical')
    const part = together({ outcome: 'part', effects: [payment, { ...journal, added: 2 }] })
    expect(said(judgeKey({ together: [part] }, 'the same key at once'))).toBe('refuted suspicion critical')
  })

  test.each([
    [500, 'refuted defect medium'],
    [409, 'refuted advice low'],
    [200, 'proven'],
    [429, 'inconclusive'],
  ])('answered %s without a second effect it is %s', (status, expected) => {
    expect(said(judgeKey({ replay: step(status) }, 'the same key again'))).toBe(expected)
  })

  test('the same answer in another order of its properties is the same answer', () => {
    const replay = step(201, [], '{"code":"k7Jw2mQz","id":1}')
    expect(judgeKey({ replay }, 'the same key again').detail).toContain('the same answer')
  })
})

describe('at once', () => {
  test('two effects are a defect, with the order that brought them', () => {
    const twice = together({ outcome: 'more', effects: [payments] })
    const one = judgeKey({ together: [together(), twice] }, 'the same key at once')
    expect(worded(one)).toMatchInlineSnapshot(`
      {
        "detail": "payments: 2 rows, 1 expected · A held before its write 1 until B was answered · 201 and 201 · header Idempotency-Key (server.js:12)",
        "severity": "critical",
        "status": "refuted",
        "subject": "POST /payments: the same key at once",
        "tier": "defect",
        "title": "Two requests at once with the same key have two effects",
      }
    `)
    expect(one.evidence[0]?.kind).toBe('schedule')
  })

  test.each([
    ['one is told to wait', [together({ answers: [answer(409), answer(201)] })], 'proven'],
    ['one fails', [together({ answers: [answer(500), answer(201)] })], 'refuted advice low'],
    [
      'no order could be had',
      [together({ played: played('unschedulable', 'a pool of one') })],
      'inconclusive',
    ],
    ['something else is left', [together({ outcome: 'other' })], 'inconclusive'],
    ['both are refused', [together({ outcome: 'none', effects: [] })], 'inconclusive'],
  ])('where %s', (_, parts, expected) => {
    expect(said(judgeKey({ together: parts }, 'the same key at once'))).toBe(expected)
  })
})

describe('after a lost reply', () => {
  test('a second effect of the retry is a defect', () => {
    const one = judgeKey(
      { retried: [retried({ outcome: 'more', effects: [payments] })] },
      'the same key after a lost reply',
    )
    expect(worded(one)).toMatchInlineSnapshot(`
      {
        "detail": "payments: 2 rows, 1 expected · connection cut after the commit and before its reply: 503, retry 201 · header Idempotency-Key (server.js:12)",
        "severity": "critical",
        "status": "refuted",
        "subject": "POST /payments: the same key after a lost reply",
        "tier": "defect",
        "title": "A retry after a lost reply has a second effect",
      }
    `)
  })

  const busy = { retries: [answer(409, '{"error":"still in progress"}')], retriedMs: 5_200 }
  test.each<[string, Partial<Retried>, string]>([
    ['refused for ever', { ...busy, outcome: 'none', freedByAge: false }, 'refuted defect medium'],
    ['refused, and nothing to age', { ...busy, outcome: 'none' }, 'refuted suspicion medium'],
    ['refused until a lease ends', { ...busy, outcome: 'none', freedByAge: true }, 'proven'],
    ['told that it is done', { retries: [answer(409, '{"error":"already paid"}')] }, 'proven'],
    ['told yes, with nothing there', { outcome: 'none', effects: [] }, 'refuted defect high'],
    ['never answered', { retries: [answer(503)] }, 'inconclusive'],
    ['not reached by the cut', { struck: false }, 'inconclusive'],
  ])('a retry that is %s', (_, parts, expected) => {
    const one = judgeKey({ retried: [retried({ effects: [], ...parts })] }, 'the same key after a lost reply')
    expect(said(one)).toBe(expected)
  })
})

describe('another body', () => {
  test.each([
    ['an effect of its own', step(201, [payment]), 'refuted defect high'],
    ['the answer of the first', step(201), 'refuted defect medium'],
    ['an error', step(500), 'refuted defect low'],
    ['409', step(409), 'proven'],
  ])('gets %s', (_, got, expected) => {
    const otherBody = { step: got, fresh: step(201, [payment]) }
    expect(said(judgeKey({ otherBody }, 'the same key, another body'))).toBe(expected)
  })

  test('where it makes no difference, nothing is said', () => {
    const otherBody = { step: step(200), fresh: step(200) }
    expect(said(judgeKey({ otherBody }, 'the same key, another body'))).toBe('inconclusive')
  })
})

describe('another account', () => {
  const own = step(201, [payment], '{"id":4,"code":"ab12Cde3"}')

  test('that gets the answer of the first is critical', () => {
    const one = judgeKey({ otherAccount: { step: step(201), fresh: own } }, 'the same key, another account')
    expect(worded(one)).toMatchInlineSnapshot(`
      {
        "detail": "with the key of the first account 201, with one of its own 201 · header Idempotency-Key (server.js:12) · nothing was done for it",
        "severity": "critical",
        "status": "refuted",
        "subject": "POST /payments: the same key, another account",
        "tier": "defect",
        "title": "An account gets the answer of another one that used the same key",
      }
    `)
  })

  test('that gets a value of the rows of the first is critical, whatever stands around it', () => {
    const once = step(201, [{ ...payment, rows: [{ code: 'k7Jw2mQz' }] }], '{"at":1,"code":"k7Jw2mQz"}')
    const stolen = step(200, [], '{"at":2,"code":"k7Jw2mQz"}')
    const one = judgeKey(
      { once, otherAccount: { step: stolen, fresh: own } },
      'the same key, another account',
    )
    expect(said(one)).toBe('refuted defect critical')
  })

  test.each([
    ['is told yes and dropped', step(201, [], '{"ok":true}'), 'refuted defect high'],
    ['is refused', step(409, [], '{}'), 'refuted defect medium'],
  ])('that %s', (_, got, expected) => {
    const one = judgeKey({ otherAccount: { step: got, fresh: own } }, 'the same key, another account')
    expect(said(one)).toBe(expected)
  })

  test('that is refused with every key says nothing', () => {
    const refused = step(409, [], '{}')
    const one = judgeKey({ otherAccount: { step: refused, fresh: refused } }, 'the same key, another account')
    expect(said(one)).toBe('inconclusive')
  })
})

describe('a key that is only suspected', () => {
  const maybe = { ...sound.key, sure: false }

  test('is no subject where a repeat does as much as a request of its own', () => {
    const keyed = { ...sound, key: maybe, onWire: false, replay: step(201, [payment]) }
    expect(lines(judge({ keyed: [keyed] }))).toEqual(['not-applicable repeated requests'])
  })

  test('is one where it makes a difference, or came to the store', () => {
    expect(judge({ keyed: [{ ...sound, key: maybe, onWire: false }] })).toHaveLength(5)
    const broken = { ...sound, key: maybe, replay: step(201, [payment]) }
    expect(said(judge({ keyed: [broken] })[0] ?? { status: '' })).toBe('refuted defect critical')
  })

  test('that could not be tried is passed over; one that is sure is not', () => {
    const reason = 'sent alone, it answered 404'
    expect(lines(judge({ keyed: [{ ...sound, key: maybe, reason }] }))).toEqual([
      'not-applicable repeated requests',
    ])
    expect(judge({ keyed: [{ ...sound, reason }] })).toMatchObject([
      { status: 'inconclusive', detail: expect.stringContaining(reason) },
    ])
  })
})

describe('PUT and DELETE', () => {
  const stock: Effect = { table: 'items', added: 1, removed: 1, rows: [] }
  const put: Natural = {
    ...{ route: 'PUT /items/:id/stock', method: 'PUT', reason: '', origin: null, writes: ['items'] },
    ...{ first: step(200, [stock]), second: step(200) },
  }
  const journal: Effect = { table: 'movements', added: 1, removed: 0, rows: [] }

  test('that changes the data again is a defect', () => {
    const [one] = judge({ natural: [{ ...put, second: step(200, [stock]) }] })
    expect(one && worded(one)).toMatchInlineSnapshot(`
      {
        "detail": "items: 1 row changed by the repeat · 200, then 200",
        "severity": "medium",
        "status": "refuted",
        "subject": "PUT /items/:id/stock: repeated",
        "tier": "defect",
        "title": "Repeating it changes the data again",
      }
    `)
  })

  test.each([
    ['nothing more', put, 'proven'],
    ['404', { ...put, second: step(404) }, 'proven'],
    ['an error', { ...put, second: step(500) }, 'refuted defect low'],
    ['one more line of a journal', { ...put, second: step(200, [journal]) }, 'refuted suspicion medium'],
    [
      'a row each time',
      { ...put, writes: ['movements'], second: step(200, [journal]) },
      'refuted defect medium',
    ],
    [
      'a refusal of the first',
      { ...put, first: null, second: null, reason: 'it answered 404' },
      'inconclusive',
    ],
  ])('with %s', (_, natural, expected) => {
    expect(said(judge({ natural: [natural] })[0] ?? { status: '' })).toBe(expected)
  })
})

describe('a double submit without a key', () => {
  const doubled = { route: 'POST /orders', first: step(201, [payment]), second: step(201, [payment]) }

  test('is one suspicion for all routes, and never a defect', () => {
    const judged = judge({ doubled: [doubled, { ...doubled, route: 'POST /refunds' }] })
    expect(judged.map(worded)).toMatchInlineSnapshot(`
      [
        {
          "detail": "POST /orders (payments: 1 row added), POST /refunds (payments: 1 row added)",
          "severity": "medium",
          "status": "refuted",
          "subject": "double submit without a key",
          "tier": "suspicion",
          "title": "The same request sent twice has two effects, and no key can prevent it",
        },
      ]
    `)
  })

  test('that is refused the second time is proven', () => {
    expect(said(judge({ doubled: [{ ...doubled, second: step(409) }] })[0] ?? { status: '' })).toBe('proven')
  })
})

test('nothing to repeat does not apply, and what could not be looked at is said', () => {
  expect(lines(judge())).toEqual(['not-applicable repeated requests'])
  expect(judge({ reason: 'the data is too large to put back between two runs' })).toMatchObject([
    { status: 'inconclusive', notCovered: ['repeated requests'] },
  ])
})
