import { expect, test } from 'vitest'
import { exchange, lines, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/reliability.recovery/index.ts'
import experiment, { type Seen } from './index.ts'

const write = (found: boolean) => ({
  route: 'POST /books',
  exchange: exchange({ method: 'POST', status: 201, body: '{"id":7}' }),
  readAt: 'GET /books',
  found,
})
const durable: Seen = {
  written: [write(true), write(true)],
  controlFound: null,
  writesReason: '',
  killedAtMs: 400,
  exit: { code: null, signal: 'SIGKILL', atMs: 404 },
  recoveredMs: 900,
  limitMs: 60_000,
  probes: [exchange({ atMs: 1_300 })],
  lastLines: ['listening'],
}
const judge = (parts: Partial<Seen> = {}) =>
  experiment.judge(experiment.observes.parse({ ...durable, ...parts }), standard)
const at = (index: number, parts: Partial<Seen>) => {
  const found = judge(parts)[index]
  return found && worded(found)
}

test('an app that is back with everything it acknowledged is proven in both', () => {
  const judged = judge()
  expect(lines(judged)).toEqual(['proven restart: serving again', 'proven restart: acknowledged writes'])
  expect(judged[1]?.detail).toBe('2 of 2 writes read back (POST /books)')
  expect(judged[0]?.figures[0]).toMatchObject({ value: 0.9, unit: 's' })
  expect(judged[0]?.notCovered).toContain('power loss')
})

test('an app that does not come back is refuted, and its writes stay open', () => {
  const parts = { recoveredMs: null, lastLines: ['Error: EADDRINUSE'] }
  expect(judge(parts).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "no good answer within 60.0 s of starting it again",
        "severity": "critical",
        "status": "refuted",
        "subject": "restart: serving again",
        "tier": "defect",
        "title": "It does not serve again after a crash",
      },
      {
        "detail": "the app did not come back",
        "status": "inconclusive",
        "subject": "restart: acknowledged writes",
        "title": "Acknowledged writes could not be followed",
      },
    ]
  `)
})

test('an app that comes back too late is refuted', () => {
  expect(at(0, { recoveredMs: 301_000 })).toMatchInlineSnapshot(`
    {
      "detail": "first good answer 301.0 s after it was started again",
      "severity": "high",
      "status": "refuted",
      "subject": "restart: serving again",
      "tier": "defect",
      "title": "It takes too long to serve again after a crash",
    }
  `)
})

test('an acknowledged write that is gone while a later one shows is refuted', () => {
  expect(at(1, { written: [write(true), write(false)], controlFound: true })).toMatchInlineSnapshot(`
    {
      "detail": "1 of 2: POST /books answered 201, SIGKILL followed, and after the restart it is not in GET /books; a later write is",
      "severity": "critical",
      "status": "refuted",
      "subject": "restart: acknowledged writes",
      "tier": "defect",
      "title": "Acknowledged writes are gone after a crash",
    }
  `)
})

test('where a later write does not show either, nothing is claimed', () => {
  expect(at(1, { written: [write(false)], controlFound: false })).toMatchInlineSnapshot(`
    {
      "detail": "1 of 1 no longer show, but neither does a write made after the restart",
      "status": "inconclusive",
      "subject": "restart: acknowledged writes",
      "title": "Acknowledged writes could not be followed",
    }
  `)
  expect(at(1, { written: [write(false)], controlFound: null })?.status).toBe('inconclusive')
})

test('without a write that can be followed, it says why', () => {
  const reason = 'no write was found that the app accepts'
  expect(at(1, { written: [], writesReason: reason })).toMatchObject({
    status: 'inconclusive',
    detail: reason,
  })
})

test('a process that cannot be killed decides nothing', () => {
  expect(judge({ exit: null }).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "it still ran 10 s after SIGKILL",
        "status": "inconclusive",
        "subject": "restart",
        "title": "The process could not be killed",
      },
    ]
  `)
})
