import { expect, test } from 'vitest'
import standard from '../../standards/integrity.acid/index.ts'
import experiment from './index.ts'
import { judge } from './judge.ts'
import type { AnomalySeen, PairSeen, Seen } from './seen.ts'

const accepted = { A: true, B: true }
const row = (value: string) => ({ id: '*', seat: value })

const anomaly: AnomalySeen = {
  kind: 'rows',
  situation: 'the same request twice',
  before: [],
  apart: false,
  requests: {
    A: { method: 'POST', path: '/bookings', body: { seat: 7 } },
    B: { method: 'POST', path: '/bookings', body: { seat: 7 } },
  },
  bodies: { A: '{}', B: '{}' },
  got: {
    accepted,
    statuses: { A: 201, B: 201 },
    changes: { bookings: { added: [row('7'), row('7')], removed: [] } },
  },
  references: [
    {
      order: 'A, then B',
      accepted: { A: true, B: false },
      statuses: { A: 201, B: 409 },
      changes: { bookings: { added: [row('7')], removed: [] } },
    },
  ],
  played: {
    schedule: {
      turns: [
        { actor: 'A', until: { before: 'write', nth: 1 } },
        { actor: 'B', until: 'end' },
        { actor: 'A', until: 'end' },
      ],
    },
    steps: [
      { atMs: 0, actor: 'A', what: 'sent', text: 'POST /bookings' },
      { atMs: 1, actor: 'A', what: 'statement', text: 'SELECT …', kind: 'read' },
      { atMs: 2, actor: 'A', what: 'held', text: 'INSERT …', kind: 'write' },
      { atMs: 3, actor: 'B', what: 'sent', text: 'POST /bookings' },
      { atMs: 4, actor: 'B', what: 'statement', text: 'SELECT …', kind: 'read' },
      { atMs: 5, actor: 'B', what: 'statement', text: 'INSERT …', kind: 'write' },
      { atMs: 6, actor: 'B', what: 'answered', text: '201' },
      { atMs: 7, actor: 'A', what: 'released', text: 'INSERT …', kind: 'write' },
      { atMs: 8, actor: 'A', what: 'answered', text: '201' },
    ],
    outcome: 'played',
    reason: '',
  },
  read: 'SELECT seat FROM bookings WHERE seat = $1',
  write: 'INSERT INTO bookings (seat) VALUES ($1)',
  origin: { place: { file: 'src/bookings.js', line: 12 }, excerpt: 'SELECT seat FROM bookings' },
}

const pair = (over: Partial<PairSeen> = {}): PairSeen => ({
  subject: 'POST /bookings × itself',
  tables: ['bookings'],
  situations: ['the same request twice'],
  trials: 3,
  played: 3,
  guarded: 0,
  reasons: [],
  unforced: [],
  doubts: [],
  anomaly: null,
  ...over,
})

const seen = (over: Partial<Seen> = {}): Seen => ({
  reason: '',
  operations: [{ label: 'POST /bookings', reason: '', statements: 2, rests: ['bookings'] }],
  pairs: [],
  harmless: 0,
  leftOut: [],
  chances: [],
  ...over,
})

const say = (over: Partial<Seen>) =>
  judge(seen(over), standard).map(({ status, tier, subject, title }) =>
    [status, tier, subject, title].join(' | '),
  )

test.each<[string, Partial<Seen>, string[]]>([
  [
    'an anomaly in the rows',
    { pairs: [pair({ anomaly })] },
    ['refuted | defect | POST /bookings × itself | The same thing can be made twice'],
  ],
  [
    'only the answers are wrong',
    { pairs: [pair({ anomaly: { ...anomaly, kind: 'answers' } })] },
    [
      'refuted | suspicion | POST /bookings × itself | Two requests at once are both told yes, where one of them would be told no',
    ],
  ],
  [
    'a DELETE that says yes to both did no harm',
    { pairs: [pair({ subject: 'DELETE /bookings/:id × itself', anomaly: { ...anomaly, kind: 'answers' } })] },
    ['proven |  | DELETE /bookings/:id × itself | Every forced order comes to a serial one'],
  ],
  [
    'left to chance',
    {
      reason: 'nothing crosses a wire to its store',
      chances: [
        { label: 'POST /users', serial: [201, 409], statuses: [201, 201, 409] },
        { label: 'POST /tags', serial: [201, 409], statuses: [201, 409, 409] },
        { label: 'POST /notes', serial: [201, 201], statuses: [201, 201, 201] },
      ],
    },
    [
      'refuted | suspicion | POST /users × itself | The same request is accepted more than once when many come at once',
      'inconclusive |  | races | Requests could not be ordered',
    ],
  ],
  [
    'held apart',
    { pairs: [pair({ played: 0, guarded: 3 })] },
    ['proven |  | POST /bookings × itself | A lock keeps the two apart'],
  ],
  [
    'never passed in silence',
    { pairs: [pair({ played: 0, reasons: ['the pool holds one connection'] })] },
    ['inconclusive |  | POST /bookings × itself | These two could not be brought into the order that counts'],
  ],
  [
    'a lock in the process keeps the same row apart, and not two',
    { pairs: [pair({ unforced: ['the same request twice'], reasons: ['A sends nothing while B is held'] })] },
    ['inconclusive |  | POST /bookings × itself | These two could not be brought into the order that counts'],
  ],
  [
    'a job writes there, too',
    { pairs: [pair({ doubts: ['a job writes to bookings'] })] },
    [
      'inconclusive |  | POST /bookings × itself | One after the other, it does not always come to the same here',
    ],
  ],
  [
    'a refused request leaves rows',
    { pairs: [pair({ anomaly: { ...anomaly, kind: 'traces' } })] },
    [
      'refuted | suspicion | POST /bookings × itself | A request that loses to another one is refused, and leaves rows all the same',
    ],
  ],
  [
    'told no, and done',
    {
      pairs: [
        pair({
          anomaly: { ...anomaly, kind: 'answers', got: { ...anomaly.got, accepted: { A: true, B: false } } },
        }),
      ],
    },
    [
      'refuted | suspicion | POST /bookings × itself | A request that meets another one is told no, and done all the same',
    ],
  ],
  [
    'nothing can meet',
    { harmless: 1 },
    ['proven |  | pairs that cannot meet | No operation rests a write on rows that its partner writes'],
  ],
  [
    'what was not raced is said',
    { leftOut: ['POST /a × POST /b'] },
    ['inconclusive |  | operations not raced | Some operations were not raced'],
  ],
  ['nothing changes data', { operations: [] }, ['not-applicable |  | races | Nothing to race']],
  [
    'no wire',
    { reason: 'the app uses no store' },
    ['inconclusive |  | races | Requests could not be ordered'],
  ],
])('%s', (_, over, said) => {
  expect(say(over)).toEqual(said)
})

test('a finding tells what happened, in words and in order', () => {
  const [judgement] = judge(seen({ pairs: [pair({ anomaly })] }), standard)
  expect(judgement?.detail).toMatchInlineSnapshot(
    `"src/bookings.js:12 · duplicate · A read, B read, B wrote, A wrote: 201 and 201; one after the other 201 and 409"`,
  )
  expect(judgement?.evidence.map(({ title }) => title)).toEqual([
    'The two requests',
    'The order that shows it',
    'Expected and got',
    'Read, then written',
    'Written here',
  ])
  expect(judgement?.evidence[2]).toMatchInlineSnapshot(`
    {
      "kind": "text",
      "text": "A, then B: A 201, B 409
      + bookings: seat 7
    at once: A 201, B 201
      + bookings: seat 7
      + bookings: seat 7",
      "title": "Expected and got",
    }
  `)
})

test('what it sees survives being saved', () => {
  const saved = JSON.parse(JSON.stringify(seen({ pairs: [pair({ anomaly })] })))
  expect(experiment.observes.parse(saved)).toEqual(saved)
})
