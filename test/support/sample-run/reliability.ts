import { crash, restart, slow } from './timelines.ts'
import { verdict } from './verdict.ts'

export const reliability = [
  verdict({
    id: 'b7k2',
    status: 'refuted',
    severity: 'critical',
    probe: 'crash-on-store-loss',
    standard: 'reliability.fault-tolerance',
    subject: 'postgres',
    title: 'The process dies when the database restarts',
    detail: "no 'error' listener on the pool, src/db.ts:9 · down until restarted by hand",
    repairs: [
      "Listen to the pool: pool.on('error', (error) => log.error(error)). An idle client that loses its connection emits it, and an unheard 'error' ends the process.",
      'Let a supervisor restart the process; the requests in flight are still lost.',
    ],
    figures: [
      {
        name: 'time without any answer',
        value: 8_600,
        unit: 'ms',
        n: 3,
        interval: [8_580, 8_640],
        method: 'range of 3 executions',
      },
      { name: 'requests unanswered', value: 43, unit: 'count', n: 60, method: 'counted' },
    ],
    evidence: [
      { kind: 'timeline', title: 'Requests while PostgreSQL went away and came back', timeline: crash },
      {
        kind: 'log',
        title: 'Last lines of the app',
        lines: [
          'node:events:497',
          "      throw er; // Unhandled 'error' event",
          'Error: Connection terminated unexpectedly',
          '    at Connection.<anonymous> (node_modules/pg/lib/client.js:136:73)',
          "Emitted 'error' event on BoundPool instance at:",
          '    at Client.idleListener (node_modules/pg-pool/index.js:61:10)',
        ],
      },
      {
        kind: 'source',
        title: 'The pool, and nobody who listens to it',
        place: { file: 'src/db.ts', line: 9 },
        excerpt:
          "import pg from 'pg'\n\nexport const pool = new pg.Pool({\n  connectionString: process.env.DATABASE_URL,\n  max: 10,\n})\n",
      },
    ],
    notCovered: ['loss of the network between them, with the connection left open'],
  }),
  verdict({
    id: 'q4wd',
    status: 'refuted',
    severity: 'high',
    probe: 'slow-store',
    standard: 'reliability.fault-tolerance',
    subject: 'GET /rooms',
    title: 'GET /rooms waits for as long as the database is slow, and so does everything else',
    detail: 'no answer within 10 s · GET /, which needs one statement, fell from 8 ms to 5.1 s',
    repairs: [
      'Bound each statement: statement_timeout on the connection, 2 s for a page.',
      'Bound the wait for a connection: connectionTimeoutMillis on the pool, and answer 503 with Retry-After.',
    ],
    figures: [
      {
        name: 'P(no answer within 10 s)',
        value: 1,
        unit: 'proportion',
        n: 30,
        interval: [0.884, 1],
        method: 'Clopper–Pearson 95 %',
      },
    ],
    evidence: [
      { kind: 'timeline', title: 'Requests while every statement took 5 s longer', timeline: slow },
      {
        kind: 'exchange',
        title: 'One of the 30',
        exchange: {
          method: 'GET',
          path: '/rooms?day=2026-12-01',
          requestHeaders: { accept: 'application/json' },
          status: null,
          atMs: 6_400,
          durationMs: 10_000,
          error: 'timeout',
        },
      },
    ],
  }),
  verdict({
    id: 'rr2a',
    status: 'proven',
    probe: 'restart-recovery',
    standard: 'reliability.recovery',
    subject: 'SIGKILL of the app',
    title: 'It serves again 1.3 s after it was killed and started',
    detail: 'first answer after 1.3 s (1.2 – 1.5 s), 3 of 3',
    figures: [
      {
        name: 'time until it serves',
        value: 1_300,
        unit: 'ms',
        n: 3,
        interval: [1_210, 1_480],
        method: 'range of 3 executions',
      },
    ],
    evidence: [{ kind: 'timeline', title: 'Killed at 4 s', timeline: restart }],
    notCovered: ['what starts it again: the lab did'],
  }),
  verdict({
    id: 'rr3c',
    status: 'proven',
    probe: 'crash-on-store-loss',
    standard: 'reliability.recovery',
    subject: 'slow close of connections',
    title: 'It survives connections that the database closes slowly',
    detail: '60 requests, 0 unanswered',
    figures: [
      {
        name: 'P(unanswered)',
        value: 0,
        unit: 'proportion',
        n: 60,
        interval: [0, 0.0596],
        method: 'Clopper–Pearson 95 %',
      },
    ],
  }),
]
