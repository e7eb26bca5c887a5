import { health } from './timelines.ts'
import { verdict } from './verdict.ts'

const room = (index: number) => ({
  connection: 2,
  sql: 'SELECT name, price FROM prices WHERE room_id = $1',
  shape: 'SELECT name, price FROM prices WHERE room_id = ?',
  parameters: [String(index)],
  atMs: 30 + index * 0.7,
  durationMs: 0.5,
  rows: 1,
  transaction: 'I' as const,
})

export const performance = [
  verdict({
    id: 'n1ro',
    status: 'refuted',
    severity: 'medium',
    probe: 'query-count',
    standard: 'performance.queries',
    subject: 'GET /rooms',
    title: 'GET /rooms asks the database once for every room it lists',
    detail: '11 statements with 10 rooms, 51 with 50: one more for each row',
    repairs: ['Fetch the prices of all rooms in one statement: WHERE room_id = ANY($1).'],
    figures: [
      {
        name: 'statements for each further row',
        value: 1,
        unit: 'count',
        n: 5,
        interval: [1, 1],
        method: 'Theil–Sen slope over 5 sizes',
      },
    ],
    evidence: [
      {
        kind: 'statements',
        title: 'The first of the 51',
        statements: [
          {
            connection: 2,
            sql: 'SELECT id, title, seats_left FROM rooms ORDER BY id LIMIT 50',
            shape: 'SELECT id, title, seats_left FROM rooms ORDER BY id LIMIT ?',
            atMs: 29.1,
            durationMs: 0.9,
            rows: 50,
            transaction: 'I',
          },
          ...[1, 2, 3, 4, 5].map(room),
        ],
      },
    ],
  }),
  verdict({
    id: 'sl7e',
    status: 'inconclusive',
    probe: 'statement-latency',
    standard: 'performance.query',
    subject: 'SELECT … FROM bookings',
    title: 'The machine was too busy to judge the latency of statements',
    detail: '41 % of the CPU went to foreign processes in 3 of 4 windows',
    figures: [
      {
        name: 'P(statement ≥ 100 ms)',
        value: 0.0091,
        unit: 'proportion',
        n: 1_320,
        interval: [0.0047, 0.0158],
        method: 'Clopper–Pearson 95 %',
      },
    ],
  }),
]

export const api = [
  verdict({
    id: 'e6mj',
    status: 'refuted',
    severity: 'medium',
    probe: 'error-hygiene',
    standard: 'api.contract',
    subject: 'POST /bookings · malformed JSON',
    title: 'Malformed JSON is answered with 500 and a stack trace',
    detail: '500 with 14 lines of stack, where 400 was due · names /app/dist/routes/bookings.js',
    repairs: [
      'Answer from one error handler: app.setErrorHandler, with the status of the error and no stack.',
    ],
    evidence: [
      {
        kind: 'exchange',
        title: 'The answer',
        exchange: {
          method: 'POST',
          path: '/bookings',
          requestHeaders: { 'content-type': 'application/json' },
          requestBody: '{"roomId":17,',
          status: 500,
          headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': '1204' },
          body: '{"error":"SyntaxError: Unexpected end of JSON input\\n    at JSON.parse (<anonymous>)\\n    at bookings (/app/dist/routes/bookings.js:31:22)"}',
          atMs: 1_490,
          durationMs: 4.2,
        },
      },
      {
        kind: 'text',
        title: 'Why it matters here',
        text: 'The same 14 lines came for 6 of 6 routes that take a body.',
      },
    ],
  }),
  verdict({
    id: 'un3k',
    status: 'proven',
    probe: 'error-hygiene',
    standard: 'api.contract',
    subject: 'unknown route',
    title: 'Unknown routes and methods are refused in one shape',
    detail: '404 and 405, application/json, in 9 of 9',
    of: 1,
  }),
]

export const operability = [
  verdict({
    id: 'l3hz',
    status: 'refuted',
    severity: 'high',
    probe: 'health-truth',
    standard: 'operability.health',
    subject: 'GET /health',
    title: 'GET /health says yes while the database is gone',
    detail: '12 times 200 in 3 s without PostgreSQL',
    repairs: ['Ask the database in the readiness route (SELECT 1, bounded to 1 s); leave liveness as it is.'],
    evidence: [{ kind: 'timeline', title: 'GET /health while PostgreSQL was away', timeline: health }],
  }),
]

export const quality = [
  verdict({
    id: 'ad4v',
    status: 'refuted',
    severity: 'low',
    tier: 'advice',
    probe: 'repository',
    standard: 'quality.repository',
    subject: 'package.json',
    title: 'Say which Node it wants',
    detail: 'package.json has no "engines"; the lockfile was made with 20',
    of: 1,
    repairs: ['"engines": { "node": ">=20" }'],
  }),
  verdict({
    id: 'gs5e',
    status: 'errored',
    probe: 'graceful-shutdown',
    standard: 'reliability.shutdown',
    subject: 'SIGTERM',
    title: 'graceful-shutdown could not finish',
    detail: 'the request that should be in flight never reached the database within 5 s',
    of: 1,
  }),
]
