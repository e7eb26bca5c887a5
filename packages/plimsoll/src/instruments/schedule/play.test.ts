import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Exchange } from '../../model/evidence.ts'
import type { Actor, Played, Schedule, Turn } from '../../model/schedule.ts'
import type { StatementFacts } from '../../model/statement-facts.ts'
import type { StoreDatabase, StoreServer } from '../../stores/define.ts'
import { startPostgres } from '../../stores/postgres/start.ts'
import { postgresProtocol } from '../../stores/postgres/wire/protocol.ts'
import { shapeOf } from '../../stores/postgres/wire/shape.ts'
import { extended, openTestConnection } from '../../stores/postgres/wire/test-connection.ts'
import { openSupervisor } from '../process/open-supervisor.ts'
import type { Supervisor } from '../process/process.ts'
import { openWire } from '../wire/open-wire.ts'
import type { Wire } from '../wire/wire.ts'
import { type PlayOptions, play, playQueued } from './play.ts'

let supervisor: Supervisor
let server: StoreServer
let database: StoreDatabase
let wire: Wire
let pool: pg.Pool
const closing: (() => unknown)[] = []

const through = (): pg.ClientConfig => {
  if (!database.endpoint) throw new Error('a database without an address')
  const { user, password, database: name } = database.endpoint
  return { user, password, database: name, host: wire.host, port: wire.port }
}
const openPool = (max: number) => {
  const opened = new pg.Pool({ ...through(), max })
  opened.on('error', () => {})
  closing.push(() => opened.end())
  return opened
}

beforeAll(async () => {
  supervisor = await openSupervisor()
  const { signal } = new AbortController()
  server = await startPostgres({
    supervisor,
    url: null,
    appDir: supervisor.scratchDir,
    durable: false,
    signal,
  })
  database = await server.template()
  await database.query('CREATE TABLE stock (id int PRIMARY KEY, free int)')
  await database.query('CREATE TABLE names (name text UNIQUE)')
})
beforeEach(async () => {
  await database.query('TRUNCATE stock, names')
  await database.query('INSERT INTO stock VALUES (1, 10), (2, 10)')
  if (!database.endpoint) throw new Error('a database without an address')
  wire = await openWire({
    store: 'postgres',
    upstream: database.endpoint,
    protocol: postgresProtocol,
    nowMs: () => performance.now(),
  })
  pool = openPool(4)
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  await wire.close()
})
afterAll(async () => {
  await server?.stop()
  await supervisor.close()
})

const KINDS: readonly [RegExp, StatementFacts['kind']][] = [
  [/^select/i, 'read'],
  [/^(insert|update|delete)/i, 'write'],
  [/^begin/i, 'begin'],
  [/^(commit|end)/i, 'commit'],
  [/^rollback/i, 'rollback'],
]

/** Kinds by the first word: what the order depends on. */
const facts = (sql: string): StatementFacts => ({
  kind: KINDS.find(([pattern]) => pattern.test(sql))?.[1] ?? 'other',
  reads: [],
  writes: [],
  lock: null,
  isolation: null,
})

const waiting = async () => {
  const { rows } = await database.query(
    'SELECT pid, pg_blocking_pids(pid) AS blockers FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0',
  )
  return rows.map(({ pid, blockers }) => ({
    session: Number(pid),
    for: Array.isArray(blockers) ? blockers.map(Number) : [],
  }))
}

const exchange = (status: number, body = ''): Exchange => ({
  ...{ method: 'POST', path: '/orders', requestHeaders: {}, headers: {} },
  ...{ status, body, atMs: 0, durationMs: 0 },
})

type Work = (actor: Actor) => Promise<unknown>

/** A request: 201 when the work is done, 409 with the SQLSTATE when the store refused it. */
const answering = (work: Work, actor: Actor) => () =>
  work(actor).then(
    () => exchange(201),
    (error) => exchange(409, String(error.code ?? error.message)),
  )

const optionsFor = (work: Work, more: Partial<PlayOptions> = {}): PlayOptions => ({
  wire,
  facts,
  send: { A: answering(work, 'A'), B: answering(work, 'B') },
  labels: { A: 'POST /orders', B: 'POST /orders' },
  background: new Set(),
  marks: { A: [], B: [] },
  waiting,
  nowMs: () => performance.now(),
  sleep: (ms) => wait(ms),
  signal: new AbortController().signal,
  ...more,
})

const until = (actor: Actor, before: 'statement' | 'read' | 'write' | 'commit', nth = 1): Turn => ({
  actor,
  until: { before, nth },
})
const end = (actor: Actor): Turn => ({ actor, until: 'end' })
const aroundB = (first: Turn): Schedule => ({ turns: [first, end('B'), end('A')] })

const lines = ({ steps }: Played) =>
  steps.map(({ actor, what, text, rows, sqlstate }) =>
    [actor, what, text.replace(/ (stock|names).*/, ''), sqlstate ?? rows ?? ''].join(' ').trim(),
  )
const free = async () => Number((await database.query('SELECT free FROM stock WHERE id = 1')).rows[0]?.free)
const statuses = ({ A, B }: Record<Actor, Exchange | null>) => [A?.status, B?.status]

/** In a transaction of its own, on a connection of the pool. */
const transaction =
  (work: (client: pg.ClientBase) => Promise<unknown>, begin = 'BEGIN', from = () => pool): Work =>
  async () => {
    const client = await from().connect()
    try {
      await client.query(begin)
      await work(client)
      await client.query('COMMIT')
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  }
const buy =
  (lock = '') =>
  async (client: Pick<pg.ClientBase, 'query'>) => {
    const { rows } = await client.query(`SELECT free FROM stock WHERE id = $1${lock}`, [1])
    await client.query('UPDATE stock SET free = $1 WHERE id = $2', [rows[0].free - 1, 1])
  }

test('a lost update is forced, and played again it is the same', async () => {
  const work = transaction(buy())
  const { played, answers } = await play(aroundB(until('A', 'write')), optionsFor(work))
  expect([played.outcome, played.reason, statuses(answers), await free()]).toEqual([
    'played',
    '',
    [201, 201],
    9,
  ])
  expect(lines(played)).toEqual([
    'A sent POST /orders',
    'A statement BEGIN',
    'A statement SELECT free FROM 1',
    'A held UPDATE',
    'B sent POST /orders',
    'B statement BEGIN',
    'B statement SELECT free FROM 1',
    'B statement UPDATE 1',
    'B statement COMMIT',
    'B answered 201',
    'A released UPDATE 1',
    'A statement COMMIT',
    'A answered 201',
  ])
  await database.query('UPDATE stock SET free = 10')
  const again = await play(played.schedule, optionsFor(work))
  expect(lines(again.played)).toEqual(lines(played))
  expect(await free()).toBe(9)
})

test('a row lock guards it: B waits in the store until A has committed', async () => {
  const { played, answers } = await play(
    aroundB(until('A', 'write')),
    optionsFor(transaction(buy(' FOR UPDATE'))),
  )
  expect(played.outcome).toBe('guarded')
  expect(played.reason).toBe('B waits in the store for A: SELECT free FROM stock WHERE id = $1 FOR UPDATE')
  expect([statuses(answers), await free()]).toEqual([[201, 201], 8])
  expect(lines(played)).toEqual([
    'A sent POST /orders',
    'A statement BEGIN',
    'A statement SELECT free FROM 1',
    'A held UPDATE',
    'B sent POST /orders',
    'B statement BEGIN',
    'B statement SELECT free FROM 1',
    'B blocked SELECT free FROM',
    'A released UPDATE 1',
    'A statement COMMIT',
    'A answered 201',
    'B statement UPDATE 1',
    'B statement COMMIT',
    'B answered 201',
  ])
})

test('an advisory lock guards it', async () => {
  const work = transaction(async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(7)')
    await buy()(client)
  })
  const { played } = await play(aroundB(until('A', 'write')), optionsFor(work))
  expect([played.outcome, await free()]).toEqual(['guarded', 8])
  expect(played.steps.find(({ what }) => what === 'blocked')?.text).toContain('advisory')
})

test('where the store cannot say who waits, a statement without an answer counts as waiting', async () => {
  const work = transaction(buy(' FOR UPDATE'))
  const { played } = await play(aroundB(until('A', 'write')), optionsFor(work, { waiting: null }))
  expect([played.outcome, await free()]).toEqual(['guarded', 8])
})

test('a unique index refuses the second', async () => {
  const work: Work = async () => {
    const { rowCount } = await pool.query("SELECT FROM names WHERE name = 'a'")
    if (rowCount === 0) await pool.query("INSERT INTO names VALUES ('a')")
  }
  const { played, answers } = await play(aroundB(until('A', 'write')), optionsFor(work))
  expect([played.outcome, statuses(answers)]).toEqual(['played', [409, 201]])
  expect(played.steps.find(({ what }) => what === 'released')?.sqlstate).toBe('23505')
})

test('the store refuses an order that no serial one explains', async () => {
  const work = transaction(buy(), 'BEGIN ISOLATION LEVEL SERIALIZABLE')
  const { played, answers } = await play(aroundB(until('A', 'write')), optionsFor(work))
  expect([played.outcome, statuses(answers), answers.A?.body, await free()]).toEqual([
    'played',
    [409, 201],
    '40001',
    9,
  ])
})

test('held before its commit, a request keeps the other waiting for its row', async () => {
  const relative = transaction((client) => client.query('UPDATE stock SET free = free - 1 WHERE id = 1'))
  const { played, answers } = await play(aroundB(until('A', 'commit')), optionsFor(relative))
  expect([played.outcome, statuses(answers), await free()]).toEqual(['guarded', [201, 201], 8])
  expect(lines(played).filter((line) => /held|blocked|COMMIT/.test(line))).toEqual([
    'A held COMMIT',
    'B blocked UPDATE',
    'A released COMMIT',
    'B statement COMMIT',
  ])
})

test('two that wait for each other are told apart by the store', async () => {
  const work = (actor: Actor) =>
    transaction(async (client) => {
      for (const id of actor === 'A' ? [1, 2] : [2, 1])
        await client.query('UPDATE stock SET free = free - 1 WHERE id = $1', [id])
    })(actor)
  const turns = [until('A', 'write', 2), until('B', 'write', 2), end('A'), end('B')]
  const { played, answers } = await play({ turns }, optionsFor(work))
  expect(played.outcome).toBe('guarded')
  expect(statuses(answers).sort()).toEqual([201, 409])
  expect([answers.A, answers.B].map((one) => one?.body)).toContain('40P01')
})

test('a pool of one cannot be ordered; from its queue both take turns', async () => {
  const one = openPool(1)
  const inTransaction = await play(
    aroundB(until('A', 'write')),
    optionsFor(transaction(buy(), 'BEGIN', () => one)),
  )
  expect(inTransaction.played.outcome).toBe('unschedulable')
  expect(inTransaction.played.reason).toBe(
    'B sends nothing while A is held: the app lets them in one after another (a lock in the process, or a pool of one connection)',
  )
  expect([statuses(inTransaction.answers), await free()]).toEqual([[201, 201], 8])

  const queued = await playQueued(optionsFor(() => buy()(one)))
  expect([queued.played.outcome, queued.played.reason, await free()]).toEqual(['played', '', 7])
  const atStore = queued.played.steps.filter(({ what }) => what === 'statement' || what === 'released')
  expect(atStore.map(({ actor, kind }) => `${actor} ${kind}`)).toEqual([
    'A read',
    'B read',
    'A write',
    'B write',
  ])

  const serial = await playQueued(optionsFor(transaction(buy(), 'BEGIN', () => one)))
  expect([serial.played.outcome, statuses(serial.answers)]).toEqual(['unschedulable', [201, 201]])
})

test('of one connection that both use at once, each has its own statements', async () => {
  const client = new pg.Client(through())
  await client.connect()
  closing.push(() => client.end())
  const work: Work = async () => {
    await client.query('BEGIN')
    await buy()(client)
    await client.query('COMMIT')
  }
  const { played } = await playQueued(optionsFor(work))
  const atStore = played.steps.filter(({ what }) => what === 'statement' || what === 'released')
  expect(atStore.map(({ actor, kind }) => `${actor} ${kind}`)).toEqual(
    ['begin', 'read', 'write', 'commit'].flatMap((kind) => [`A ${kind}`, `B ${kind}`]),
  )
})

test('a lock in the process cannot be ordered, and both have their answers', async () => {
  let before: Promise<unknown> = Promise.resolve()
  const work: Work = () => {
    const mine = before.then(() => buy()(pool))
    before = mine
    return mine
  }
  const { played, answers } = await play(aroundB(until('A', 'write')), optionsFor(work))
  expect([played.outcome, statuses(answers), await free()]).toEqual(['unschedulable', [201, 201], 8])
})

test('pauses of the app itself are waited for', async () => {
  const slow = {
    query: async (text: string, values: unknown[]) => {
      await wait(Math.random() * 200)
      return pool.query(text, values)
    },
  }
  const work: Work = async () => {
    const { rows } = await slow.query('SELECT free FROM stock WHERE id = $1', [1])
    await slow.query('UPDATE stock SET free = $1 WHERE id = $2', [rows[0].free - 1, 1])
    await wait(Math.random() * 200)
  }
  const { played } = await play(aroundB(until('A', 'write')), optionsFor(work, { gapMs: 200 }))
  expect([played.outcome, await free()]).toEqual(['played', 9])
})

test('statements sent in one piece are held in one piece', async () => {
  const work: Work = () =>
    pool.query('BEGIN; SELECT free FROM stock; UPDATE stock SET free = free - 1 WHERE id = 1; COMMIT')
  const { played } = await play(aroundB(until('A', 'write')), optionsFor(work))
  expect([played.outcome, await free()]).toEqual(['played', 8])
  const [, held] = played.steps
  expect(held).toMatchObject({ actor: 'A', what: 'held' })
  expect(held?.text).toMatch(/^BEGIN; SELECT .*; COMMIT$/)
  expect(played.steps.filter(({ actor, text }) => actor === 'A' && text === 'COMMIT')).toHaveLength(1)
})

test('a pipeline is held in its middle', async () => {
  const work: Work = async () => {
    const raw = await openTestConnection(through())
    closing.push(raw.end)
    raw.send(
      ...extended('BEGIN'),
      ...extended('SELECT free FROM stock WHERE id = 1'),
      ...extended('UPDATE stock SET free = free - $1 WHERE id = 1', ['1']),
      ...extended('COMMIT'),
      { sync: true },
    )
    await raw.ready(1)
  }
  const { played, answers } = await play(aroundB(until('A', 'write')), optionsFor(work))
  expect([played.outcome, statuses(answers), await free()]).toEqual(['played', [201, 201], 8])
  expect(lines(played).slice(0, 4)).toEqual([
    'A sent POST /orders',
    'A statement BEGIN',
    'A statement SELECT free FROM 1',
    'A held UPDATE',
  ])
})

test('statements at the same time on several connections wait for their turn', async () => {
  const work: Work = async () => {
    await Promise.all([pool.query('SELECT 1'), buy()(pool)])
  }
  const { played } = await play(aroundB(until('A', 'write')), optionsFor(work))
  expect([played.outcome, await free()]).toEqual(['played', 9])
})

test('a job of the app is passed and not counted, and marks tell whose a statement is', async () => {
  const job = setInterval(() => void pool.query('DELETE FROM names').catch(() => {}), 20)
  closing.unshift(() => clearInterval(job))
  const shape = shapeOf('DELETE FROM names')
  const late: Promise<unknown>[] = []
  const work: Work = async (actor) => {
    if (actor === 'A') late.push(wait(60).then(() => pool.query('SELECT $1::text', ['canary-a'])))
    await buy()(pool)
    if (actor === 'B') await wait(200)
  }
  const { played } = await play(
    aroundB(until('A', 'write')),
    optionsFor(work, { background: new Set([shape]), marks: { A: ['canary-a'], B: [] }, gapMs: 200 }),
  )
  await Promise.all(late)
  expect([played.outcome, await free()]).toEqual(['played', 9])
  expect(played.steps.some(({ text }) => text.includes('names'))).toBe(false)
  expect(played.steps.filter(({ text }) => text.includes('$1::text')).map(({ actor }) => actor)).toContain(
    'A',
  )
})

test('stopped in the middle, it leaves no gate and holds nothing', async () => {
  const stop = new AbortController()
  const held = wire.next(({ sql }) => sql.startsWith('UPDATE'), 60_000)
  const playing = play(aroundB(until('A', 'write')), {
    ...optionsFor(transaction(buy()), { signal: stop.signal }),
    send: {
      A: answering(transaction(buy()), 'A'),
      B: async () => {
        stop.abort()
        return exchange(0)
      },
    },
  })
  await held
  const { played } = await playing
  expect([played.outcome, played.reason]).toEqual(['unschedulable', 'the play was stopped before its end'])
  await pool.query('UPDATE stock SET free = 5 WHERE id = 1')
  while (wire.statements().some(({ durationMs }) => durationMs === null)) await wait(5)
})

test('a transaction that is left open after the answer is named', async () => {
  const left: pg.PoolClient[] = []
  const work: Work = async (actor) => {
    const client = await pool.connect()
    left.push(client)
    await client.query('BEGIN')
    await client.query('UPDATE stock SET free = free - 1 WHERE id = 1')
    if (actor === 'B') await client.query('COMMIT')
  }
  const { played, answers } = await play(aroundB(until('A', 'commit')), optionsFor(work, { turnMs: 2_500 }))
  expect([played.outcome, statuses(answers)]).toEqual(['unschedulable', [201, undefined]])
  expect(played.reason).toMatch(/^A has its answer and leaves a transaction open, for which B waits: UPDATE/)
  for (const client of left) client.release(true)
})

test('a turn that takes too long ends the play, and the request has its answer', async () => {
  const work: Work = async (actor) => {
    await buy()(pool)
    if (actor === 'A') await wait(1_200)
  }
  const turns = [end('A'), end('B')]
  const { played, answers } = await play({ turns }, optionsFor(work, { turnMs: 1_000 }))
  expect([played.outcome, played.reason]).toEqual([
    'unschedulable',
    'A did not come to its answer within 1 s',
  ])
  expect(statuses(answers)).toEqual([201, undefined])
})

test('a request that ends without its point says so', async () => {
  const { played } = await play(
    aroundB(until('A', 'write', 3)),
    optionsFor(() => buy()(pool)),
  )
  expect([played.outcome, played.reason]).toEqual([
    'played',
    'A has its answer without coming to its write 3',
  ])
})
