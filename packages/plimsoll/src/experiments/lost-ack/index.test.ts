import { expect, test } from 'vitest'
import { exchange, lines, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/integrity.durability/index.ts'
import experiment from './index.ts'
import type { Round, Seen, Write } from './seen.ts'
import { partsIn, routesIn } from './subjects.ts'

const route = 'POST /books'
const write = (parts: Partial<Write> = {}): Write => ({
  route,
  text: 'qx7abcdefg',
  exchange: exchange({ method: 'POST', status: 201, body: '{"id":7}' }),
  acknowledged: true,
  held: null,
  stored: 'whole',
  places: { books: 1 },
  ...parts,
})
const refusedWrite = write({
  acknowledged: false,
  exchange: exchange({ status: 503 }),
  stored: 'absent',
  places: {},
})
const lost = (parts: Partial<Write> = {}) => write({ stored: 'absent', places: {}, ...parts })
const round = (id: Round['id'], writes: Write[], parts: Partial<Round> = {}): Round => ({
  id,
  killedAtMs: 400,
  back: true,
  writes,
  control: writes.some(({ acknowledged, stored }) => acknowledged && stored === 'absent')
    ? { [route]: true }
    : {},
  ...parts,
})
const durable: Seen = {
  store: 'postgres',
  followed: [{ route, places: ['table books'] }],
  reason: '',
  promised: [],
  elsewhere: [],
  rounds: [
    round('commit held, app killed', [refusedWrite]),
    round('acknowledged, app killed', [write(), write()]),
    round('reply withheld, app killed', [{ ...refusedWrite, stored: 'whole' }]),
    round('commit failed', [refusedWrite]),
    round('acknowledged, store killed', [write(), write(), write()]),
    round('commit held, store killed', [refusedWrite]),
  ],
  ownServer: true,
  promises: [{ name: 'synchronous_commit', value: 'on', source: 'default' }],
  weakened: [],
}
const judge = (parts: Partial<Seen> = {}) =>
  experiment.judge(experiment.observes.parse({ ...durable, ...parts }), standard)
const first = (parts: Partial<Seen>) => {
  const [found] = judge(parts)
  return found && worded(found)
}

test('what was acknowledged and is there is proven, for each way to die', () => {
  const judged = judge()
  expect(lines(judged)).toEqual([
    'proven POST /books: when the app is killed',
    'proven POST /books: when its commit fails',
    'proven POST /books: when the database is killed',
  ])
  expect(judged.map(({ detail }) => detail)).toEqual([
    '2 of 2 acknowledged writes found in table books (killed before the commit, killed right after an answer, killed between commit and answer)',
    '2 tried (commit refused, database killed before the commit): 0 acknowledged',
    '3 of 3 acknowledged writes found in table books (killed right after an answer)',
  ])
  expect(judged.every(({ notCovered }) => notCovered.includes('power loss'))).toBe(true)
})

test('an answer that does not wait for the commit is refuted, and names the write', () => {
  const rounds = [round('commit held, app killed', [lost({ held: 'COMMIT' })])]
  expect(first({ rounds })).toMatchInlineSnapshot(`
    {
      "detail": "1 of 1: POST /books with "qx7abcdefg" answered 201 at 112 ms while "COMMIT" had not reached the database, and the app was killed; afterwards it is not in table books, a later one is",
      "severity": "critical",
      "status": "refuted",
      "subject": "POST /books: when the app is killed",
      "tier": "defect",
      "title": "It acknowledges a write before the database has it",
    }
  `)
})

test('an answer before anything was sent is one from memory', () => {
  const early = round('commit held, app killed', [lost()])
  expect(first({ rounds: [early] })?.title).toBe('It acknowledges a write that is only in its memory')
  const late = round('acknowledged, app killed', [write(), lost()])
  expect(first({ rounds: [late] })).toMatchObject({
    title: 'Acknowledged writes are gone when the app is killed',
    detail: expect.stringContaining('1 of 2: '),
  })
})

test('a commit that fails and is acknowledged is refuted', () => {
  expect(first({ rounds: [round('commit failed', [lost({ held: 'COMMIT' })])] })).toMatchInlineSnapshot(`
    {
      "detail": "1 of 1: POST /books with "qx7abcdefg" answered 201 at 112 ms although the database refused "COMMIT"; afterwards it is not in table books, a later one is",
      "severity": "critical",
      "status": "refuted",
      "subject": "POST /books: when its commit fails",
      "tier": "defect",
      "title": "It acknowledges a write whose commit failed",
    }
  `)
})

test('a retry that brings the write home is no loss', () => {
  const judged = judge({ rounds: [round('commit failed', [write()])] })
  expect(judged[0]).toMatchObject({
    status: 'proven',
    detail: '1 tried (commit refused): 1 acknowledged, each of them there',
  })
})

test('what dies with the database is refuted, with the setting that explains it', () => {
  const rounds = [round('acknowledged, store killed', [write(), lost(), lost()])]
  const off = { name: 'synchronous_commit', value: 'off', source: 'database' }
  expect(first({ rounds, promises: [off] })?.title).toBe(
    'Acknowledged writes are gone when the database is killed: synchronous_commit is off (database)',
  )
  expect(first({ rounds, weakened: ['SET synchronous_commit TO off'] })?.title).toBe(
    'Acknowledged writes are gone when the database is killed: the app turns synchronous_commit off',
  )
  const unlogged = { name: 'unlogged table', value: 'books', source: 'schema' }
  expect(first({ rounds, promises: [unlogged] })?.title).toBe(
    'Acknowledged writes are gone when the database is killed: table books is unlogged',
  )
  expect(first({ rounds })?.title).toBe('Acknowledged writes are gone when the database is killed')
})

test('what may wait in another store is not lost', () => {
  const rounds = [round('acknowledged, app killed', [lost()])]
  expect(first({ rounds, elsewhere: ['redis'] })).toMatchObject({
    status: 'inconclusive',
    detail: '1 of 1 are missing, and may wait in redis',
  })
})

test('without a later write that shows, nothing is called lost', () => {
  const rounds = [round('acknowledged, app killed', [lost()], { control: { [route]: false } })]
  expect(first({ rounds })).toMatchInlineSnapshot(`
    {
      "detail": "1 of 1 are missing, but so is a write made afterwards",
      "status": "inconclusive",
      "subject": "POST /books: when the app is killed",
      "title": "Acknowledged writes could not be followed",
    }
  `)
})

test('an app that does not come back, or acknowledges nothing, leaves it open', () => {
  const gone = round('acknowledged, app killed', [write({ stored: null })], { back: false })
  expect(first({ rounds: [gone] })?.detail).toBe('the app did not serve again')
  expect(first({ rounds: [round('acknowledged, app killed', [refusedWrite])] })?.detail).toBe(
    'no write was acknowledged before the kill',
  )
})

test('a write that stands in some of its tables only is a suspicion', () => {
  const half = write({ acknowledged: false, stored: 'part', places: { books: 1 } })
  const judged = judge({
    followed: [{ route, places: ['table books', 'table shelves'] }],
    rounds: [...durable.rounds, round('reply withheld, app killed', [half])],
  })
  expect(lines(judged).at(-1)).toBe('refuted suspicion POST /books: cut off in the middle')
})

test('what could not be followed, killed or promised is said', () => {
  const none = judge({ followed: [], rounds: [], reason: 'no write was found that the app accepts' })
  expect(none.map(worded)).toEqual([
    {
      status: 'inconclusive',
      subject: 'acknowledged writes',
      title: 'Acknowledged writes could not be followed',
      detail: 'no write was found that the app accepts',
    },
  ])
  const [open] = judge({ ownServer: false, promised: ['POST /mails'] })
  expect(open?.notCovered).toEqual([
    'power loss',
    'loss of the disk',
    'death of the database: its server is not the lab’s own to kill',
    'POST /mails: it answers 202, which promises nothing yet',
  ])
})

test('a subject says which route and which rounds to play again', () => {
  const subjects = ['POST /books: when its commit fails', 'POST /a: b: when the database is killed']
  expect([...partsIn(subjects)]).toEqual(['commit', 'store'])
  expect(routesIn(subjects)).toEqual(['POST /books', 'POST /a: b'])
  expect([...partsIn(undefined)]).toEqual(['app', 'commit', 'store', 'half'])
})
