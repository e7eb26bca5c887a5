import { afterAll, describe, expect, test } from 'vitest'
import { type Backend, backends } from '../../../../../test/support/backends.ts'
import { diffOf, findingOf } from '../../../../../test/support/propose-fix.ts'
import { fixers } from '../../fixers/catalogue.generated.ts'
import { openProject } from '../../instruments/source/open-project.ts'
import type { Project } from '../../instruments/source/project.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Finding } from '../../model/verdict.ts'

const sent = (sql: string, title: string): Evidence => ({
  ...{ kind: 'statements', title },
  statements: [
    {
      ...{ connection: 1, sql, shape: sql, parameters: [], atMs: 0, durationMs: 1, rows: 1 },
      transaction: 'I',
    },
  ],
})

const said = (probe: string, subject: string, more: Partial<Finding> = {}) =>
  findingOf({ probe, subject, ...more })

const repeated = (subject: string, sql: string) =>
  said('query-count', subject, { evidence: [sent(sql, 'Ran 20 times')] })

const unasked = (subject: string, sql: string, status = 404) =>
  said('access', subject, {
    ...{ cwe: 639, evidence: [sent(sql, 'The statement, which does not ask whose it is')] },
    detail: `B is answered 200 · an id that does not exist answers ${status}`,
  })

const unbounded = (subject: string, sql: string) =>
  said('growth', subject, {
    title: `${subject} answers every row there is: 25 ms at 1,000 rows, 416 ms at 33,630`,
    evidence: [sent(sql, 'The statement that takes the time')],
  })

const raced = (subject: string, read: string, write: string) =>
  said('race', `${subject} × itself`, {
    evidence: [{ kind: 'text', title: 'Read, then written', text: `${read}\n${write}` }],
  })

const guessed = (subject: string, account: string) =>
  said('authentication', `${subject}: throttle`, {
    standard: 'security.limits',
    evidence: [
      {
        ...{ kind: 'exchange', title: 'The first of 30 wrong passwords' },
        exchange: {
          ...{ method: 'POST', path: '/login', requestHeaders: {}, status: 401, headers: {}, body: '' },
          ...{ requestBody: `{"${account}":"somebody","password":"wrong"}`, atMs: 0, durationMs: 1 },
        },
      },
    ],
  })

const keyed = (subject: string, place: string) =>
  said('idempotency', `${subject}: the same key at once`, {
    detail: `orders: 2 rows, 1 expected · 201 and 201 · header Idempotency-Key (${place})`,
  })

/** What is said of every backend alike. */
const COMMON: Readonly<Record<string, readonly Finding[]>> = {
  'pool-listener': [
    said('crash-on-store-loss', 'postgres: survival', {
      title: 'The process dies when the database restarts',
    }),
    said('store-errors', 'postgres: process after an error', { title: 'A connection lost ends the process' }),
  ],
  'time-limits': [
    said('store-errors', 'postgres: requests that wait for a connection'),
    said('slow-store', 'postgres: affected requests'),
  ],
  'finish-at-stop': [said('graceful-shutdown', 'SIGTERM: request in flight')],
  'answer-headers': [
    said('security-headers', 'X-Content-Type-Options'),
    said('security-headers', 'X-Powered-By'),
  ],
  'body-bound': [
    said('exhaustion', 'large request bodies'),
    said('body-limit-off', 'app.js', { title: 'Uploads are taken without a limit' }),
  ],
  'plain-errors': [said('error-hygiene', 'error answers: content')],
  'refused-input': [said('contract', 'GET /x/:id: 5xx (22P02)', { standard: 'api.contract' })],
}

/** What is said of one backend: its statements, paths and names. */
const OWN: Readonly<Record<string, Readonly<Record<string, readonly Finding[]>>>> = {
  'express-commonjs': {
    'ready-when-store-answers': [ready('/health')],
    'cookie-attributes': [said('cookie-flags', 'token: HttpOnly')],
    'secret-from-environment': [said('default-secret', 'middleware/auth.js: JWT_SECRET')],
    'login-limit': [guessed('POST /auth/login', 'email')],
    'idempotency-key': [keyed('POST /orders', 'controllers/orders.js:29')],
    'conditional-update': [
      raced(
        'POST /orders',
        'SELECT stock FROM products WHERE id = $1',
        'UPDATE products SET stock = $1 WHERE id = $2',
      ),
    ],
    'unique-index': [
      raced(
        'POST /x',
        'SELECT id FROM users WHERE lower(email) = lower($1)',
        'INSERT INTO users (email) VALUES ($1)',
      ),
    ],
    'join-instead-of-loop': [
      repeated(
        'GET /orders',
        'SELECT product_id, quantity FROM order_items WHERE order_id = $1 AND status = $2',
      ),
    ],
    'owner-condition': [unasked('GET /orders/:id', 'SELECT id, total, status FROM orders WHERE id = $1')],
    'paged-list': [unbounded('GET /products', 'SELECT id, name, price FROM products ORDER BY name')],
  },
  'express-typescript': {
    'ready-when-store-answers': [ready('/health')],
    'cookie-attributes': [
      said('cookie-flags', 'session: HttpOnly'),
      said('cookie-flags', 'session: SameSite'),
    ],
    'secret-from-environment': [said('default-secret', 'src/config.ts: JWT_SECRET')],
    'login-limit': [guessed('POST /auth/login', 'email')],
    'idempotency-key': [keyed('POST /orders', 'src/orders/orders.router.ts:38')],
    'conditional-update': [
      raced(
        'POST /orders',
        'SELECT stock FROM items WHERE sku = $1',
        'UPDATE items SET stock = $1 WHERE sku = $2',
      ),
    ],
    'join-instead-of-loop': [
      repeated(
        'GET /orders',
        'SELECT count(*)::int AS lines FROM order_lines WHERE order_id = $1 AND NOT removed',
      ),
    ],
    'unique-index': [
      raced('POST /x', 'SELECT id FROM products WHERE name = $1', 'INSERT INTO products (name) VALUES ($1)'),
    ],
    'owner-condition': [unasked('GET /orders/:id', 'SELECT id, total FROM orders WHERE id = $1')],
    'paged-list': [unbounded('GET /products', 'SELECT id, name FROM products')],
  },
  'express-one-file': {
    'ready-when-store-answers': [ready('/health')],
    'cookie-attributes': [said('cookie-flags', 'sid: HttpOnly')],
    'secret-from-environment': [said('default-secret', 'index.mjs: SESSION_SECRET')],
    'login-limit': [guessed('POST /login', 'name')],
    'idempotency-key': [keyed('POST /wallets', 'index.mjs:40')],
    'conditional-update': [
      raced(
        'POST /wallets/:id/withdraw',
        'select balance from wallets where id = $1',
        'update wallets set balance = $1 where id = $2',
      ),
    ],
    'unique-index': [
      raced(
        'POST /wallets',
        'select id from wallets where name = $1 and user_id = $2',
        'insert into wallets (name, user_id) values ($1, $2)',
      ),
    ],
    'owner-condition': [unasked('GET /wallets/:id', 'select * from wallets where id = $1')],
    'paged-list': [
      unbounded(
        'GET /wallets',
        'select w.id, w.name, w.balance from wallets w order by w.name asc, w.id asc',
      ),
    ],
  },
  'fastify-modules': {
    'ready-when-store-answers': [ready('/healthz')],
    'cookie-attributes': [said('cookie-flags', 'sid: HttpOnly'), said('cookie-flags', 'sid: SameSite')],
    'secret-from-environment': [said('default-secret', 'src/app.js: COOKIE_SECRET')],
    'login-limit': [guessed('POST /sessions', 'username')],
    'idempotency-key': [keyed('POST /stays', 'src/routes/stays.js:30')],
    'conditional-update': [
      raced(
        'POST /stays',
        'SELECT id FROM stays WHERE room_id = $1 AND night = $2',
        'INSERT INTO stays (room_id, account_id, night, nights) VALUES ($1, $2, $3, 1) RETURNING id',
      ),
    ],
    'unique-index': [
      raced(
        'POST /stays',
        'SELECT id FROM stays WHERE room_id = $1 AND night = $2',
        'INSERT INTO stays (room_id, account_id, night, nights) VALUES ($1, $2, $3, 1) RETURNING id',
      ),
    ],
    'join-instead-of-loop': [
      repeated('GET /rooms/:id/stays', 'SELECT name FROM guests WHERE stay_id = $1 ORDER BY name LIMIT 3'),
    ],
    'owner-condition': [
      unasked('DELETE /stays/:id', 'DELETE FROM stays WHERE id = $1', 204),
      unasked('PUT /stays/:id', 'UPDATE stays SET nights = $2 WHERE id = $1 RETURNING id, nights'),
    ],
    'paged-list': [
      unbounded(
        'GET /rooms',
        'SELECT id, name, city FROM rooms WHERE $1::text IS NULL OR city = $1 ORDER BY name',
      ),
      unbounded(
        'GET /rooms/all',
        'SELECT rooms.id, rooms.name, count(stays.id)::int AS stays FROM rooms LEFT JOIN stays ON stays.room_id = rooms.id GROUP BY rooms.id ORDER BY rooms.name DESC',
      ),
    ],
  },
  'fastify-typescript': {
    'ready-when-store-answers': [ready('/ready')],
    'secret-from-environment': [said('default-secret', 'src/pool.ts: PGPASSWORD')],
    'join-instead-of-loop': [
      repeated('GET /tasks/boards', 'SELECT max(position) + 1 AS next FROM tasks WHERE board_id = $1'),
    ],
    'unique-index': [
      raced(
        'POST /tasks',
        'SELECT id FROM tasks WHERE board_id = $1 AND title = $2',
        'INSERT INTO tasks (board_id, title) VALUES ($1, $2)',
      ),
    ],
    'owner-condition': [unasked('GET /tasks/:id', 'SELECT id, title FROM tasks t WHERE t.id = $1')],
    'paged-list': [unbounded('GET /tasks', 'SELECT id, title FROM tasks ORDER BY id DESC')],
  },
  'koa-commonjs': {
    'ready-when-store-answers': [ready('/status')],
    'cookie-attributes': [
      said('cookie-flags', 'notes_session: HttpOnly'),
      said('cookie-flags', 'notes_session: SameSite'),
    ],
    'secret-from-environment': [said('default-secret', 'index.js: APP_KEY')],
    'login-limit': [guessed('POST /login', 'user')],
    'join-instead-of-loop': [
      repeated('GET /authors', 'SELECT title FROM notes WHERE author = $1 ORDER BY id DESC LIMIT 1'),
    ],
    'owner-condition': [
      unasked('GET /notes/:id', 'SELECT id, title, body FROM notes WHERE id = $1 AND deleted_at IS NULL'),
    ],
    'paged-list': [unbounded('GET /notes', 'SELECT id, title FROM notes')],
  },
  nestjs: {
    'ready-when-store-answers': [ready('/health')],
    'cookie-attributes': [said('cookie-flags', 'sid: HttpOnly')],
    'secret-from-environment': [said('default-secret', 'src/auth.guard.ts: AUTH_SECRET')],
    'join-instead-of-loop': [repeated('GET /pets', 'SELECT at FROM visits WHERE pet_id = $1 ORDER BY at')],
    'owner-condition': [
      unasked('GET /pets/:id', 'SELECT id, name FROM pets WHERE id = $1'),
      unasked('DELETE /pets/:id', 'DELETE FROM pets WHERE id = $1', 200),
    ],
    'paged-list': [unbounded('GET /pets', 'SELECT id, name FROM pets WHERE owner_id = $1')],
  },
}

function ready(path: string): Finding {
  return said('health-truth', `GET ${path}: readiness`, {
    title: 'Health says yes while the database is down',
  })
}

const asked = ({ name }: Backend, fixer: string): readonly Finding[] => [
  ...(COMMON[fixer] ?? []),
  ...(OWN[name]?.[fixer] ?? []),
]

const opened = new Map<string, { project: Promise<Project>; remove(): void }>()

/** Read once: every fixer sees the same. */
const open = ({ name, files }: Backend): Promise<Project> => {
  const known = opened.get(name)
  if (known !== undefined) return known.project
  const fixture = writeFixture(files)
  const one = { project: openProject(fixture.dir), remove: fixture.remove }
  opened.set(name, one)
  return one.project
}

afterAll(() => {
  for (const { remove } of opened.values()) remove()
})

describe.each(fixers.map((fixer) => ({ id: fixer.id, fixer })))('$id', ({ id, fixer }) => {
  test.each(backends().filter((backend) => asked(backend, id).length > 0))('$name', async (backend) => {
    const offered: string[] = []
    for (const finding of asked(backend, id)) {
      const diff = await diffOf(fixer, await open(backend), finding)
      offered.push(`${finding.subject}\n${diff === '' ? 'nothing\n' : diff}`)
    }
    expect(`\n${offered.join('\n')}`).toMatchSnapshot()
  })
})
