import { guardedPlay, lostUpdatePlay, refusedPlay } from './played.ts'
import { verdict } from './verdict.ts'

const statement = (
  connection: number,
  atMs: number,
  sql: string,
  parameters: (string | null)[],
  rows: number,
  transaction: 'I' | 'T',
) => ({
  connection,
  sql,
  shape: sql.replace(/\$\d+/g, '?'),
  parameters,
  atMs,
  durationMs: 0.8,
  rows,
  transaction,
})

const READ = 'SELECT seats_left FROM rooms WHERE id = $1'
const WRITE = 'UPDATE rooms SET seats_left = $1 WHERE id = $2'

export const integrity = [
  verdict({
    id: 'm3qa',
    status: 'refuted',
    severity: 'critical',
    probe: 'lost-update',
    standard: 'integrity.acid',
    subject: 'POST /bookings × itself',
    title: 'Two customers can book the last seat',
    detail: 'read seats (A), read seats (B), write (A), write (B): 2 bookings, 1 seat',
    repairs: [
      'Let the database decide: UPDATE rooms SET seats_left = seats_left - 1 WHERE id = $1 AND seats_left > 0, and answer 409 when no row changed.',
      'Lock the row that is read: SELECT … FOR UPDATE inside the transaction.',
    ],
    evidence: [
      { kind: 'schedule', title: 'The order that was forced at the wire', played: lostUpdatePlay },
      {
        kind: 'statements',
        title: 'What each statement carried',
        statements: [
          statement(3, 101.2, READ, ['17'], 1, 'T'),
          statement(4, 101.9, READ, ['17'], 1, 'T'),
          statement(3, 104.4, WRITE, ['0', '17'], 1, 'T'),
          statement(3, 105.1, 'COMMIT', [], 0, 'I'),
          statement(4, 106.0, WRITE, ['0', '17'], 1, 'T'),
          statement(4, 106.7, 'COMMIT', [], 0, 'I'),
        ],
      },
      {
        kind: 'exchange',
        title: 'The second customer is told yes',
        exchange: {
          method: 'POST',
          path: '/bookings',
          requestHeaders: { 'content-type': 'application/json', authorization: 'Bearer (redacted)' },
          requestBody: '{"roomId":17,"day":"2026-12-01","guest":"B"}',
          status: 201,
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: '{"id":412,"roomId":17,"day":"2026-12-01","guest":"B","seat":1}',
          atMs: 100.8,
          durationMs: 9.4,
        },
      },
    ],
    notCovered: ['other isolation levels than the one the app asked for (read committed)'],
  }),
  verdict({
    id: 'du1a',
    status: 'proven',
    probe: 'restart-recovery',
    standard: 'integrity.durability',
    subject: 'POST /bookings',
    title: 'No acknowledged booking is missing after the app was killed',
    detail: '84 acknowledged, 84 found',
    figures: [
      {
        name: 'P(lost)',
        value: 0,
        unit: 'proportion',
        n: 84,
        interval: [0, 0.043],
        method: 'Clopper–Pearson 95 %',
      },
    ],
    notCovered: ['power loss'],
  }),
  verdict({
    id: 'gs3t',
    status: 'proven',
    probe: 'lost-update',
    standard: 'integrity.acid',
    subject: 'DELETE /bookings/:id × itself',
    title: 'Two cancellations at the same time give back one seat',
    detail: '4 orders forced at the wire; in 3 the second waited for the row lock of the first',
    evidence: [
      { kind: 'schedule', title: 'The lock that guards it', played: guardedPlay },
      { kind: 'schedule', title: 'The index that refuses the second', played: refusedPlay },
    ],
  }),
  verdict({
    id: 'va2c',
    status: 'proven',
    probe: 'error-hygiene',
    standard: 'integrity.validation',
    subject: 'POST /rooms',
    title: 'Invalid rooms are refused, and nothing is written',
    detail: '24 invalid bodies, 24 times 4xx, 0 rows',
    of: 1,
  }),
]
