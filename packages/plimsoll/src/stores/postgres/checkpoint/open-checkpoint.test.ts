import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSupervisor } from '../../../instruments/process/open-supervisor.ts'
import type { Supervisor } from '../../../instruments/process/process.ts'
import type { Checkpoint, StoreDatabase, StoreServer } from '../../define.ts'
import { connect } from '../connect.ts'
import { startPostgres } from '../start.ts'
import { openCheckpoint } from './open-checkpoint.ts'

const SHOP = `
CREATE TYPE state AS ENUM ('open', 'paid');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE customers (id serial PRIMARY KEY, mail email UNIQUE, favourite int);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer int NOT NULL REFERENCES customers ON DELETE CASCADE,
  state state NOT NULL DEFAULT 'open', cents int NOT NULL, vat int GENERATED ALWAYS AS (cents / 5) STORED
);
ALTER TABLE customers ADD FOREIGN KEY (favourite) REFERENCES orders;
CREATE TABLE kinds (
  j json, b jsonb, a int[], raw bytea, n numeric, at timestamptz, place point, mark xml, f float8, span interval,
  "Odd ""name" text, plimsoll_row_1 text, t text
);
CREATE TABLE log (line text);
CREATE TABLE nothing ();
CREATE TABLE events (day date NOT NULL, what text) PARTITION BY RANGE (day);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2025-01-01');
CREATE TABLE events_new PARTITION OF events DEFAULT;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO log VALUES (TG_OP); RETURN coalesce(NEW, OLD); END $$;
CREATE TRIGGER note BEFORE INSERT OR DELETE OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION note();
INSERT INTO customers (mail) VALUES ('ann@example.org'), ('ben@example.org');
INSERT INTO orders (customer, cents) VALUES (1, 100), (1, 250), (2, 999);
UPDATE customers SET favourite = 3 WHERE id = 2;
INSERT INTO kinds VALUES ('{"a" : 1}', '{"b": [1, null]}', '{1,NULL,3}', '\\x00ff', 1.10, '2024-05-06 07:08:09.123456+02',
  '(1,2)', '<a/>', 0.1, '1 day 02:00', 'it''s, "so"', '', null);
INSERT INTO kinds SELECT * FROM kinds;
INSERT INTO log VALUES ('same'), ('same');
INSERT INTO events VALUES ('2021-01-01', 'old'), ('2026-01-01', 'new')`

let supervisor: Supervisor
let server: StoreServer
let database: StoreDatabase
let checkpoint: Checkpoint

const take = async (): Promise<Checkpoint> => {
  const taken = await database.checkpoint?.()
  if (!taken) throw new Error('there is no checkpoint')
  return taken
}

const session = async (role?: { user: string; password: string }) => {
  if (!database.endpoint) throw new Error('a copy has an address')
  return connect({ ...database.endpoint, ...role })
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
  await (await server.template()).query(SHOP)
  await server.seal()
})
afterAll(async () => {
  await server.stop()
  await supervisor.close()
})
beforeEach(async () => {
  database = await server.copy()
  checkpoint = await take()
})
afterEach(async () => {
  await checkpoint.close()
  await database.drop()
})

describe('restore', () => {
  test.each([
    ['an update of what others refer to', "UPDATE customers SET mail = 'new@example.org' WHERE id = 1"],
    [
      'a delete that cascades, in a cycle',
      'DELETE FROM customers WHERE id = 1; UPDATE customers SET favourite = NULL',
    ],
    [
      'inserts',
      "INSERT INTO customers (mail) VALUES ('x@y'); INSERT INTO orders (customer, cents) VALUES (3, 1)",
    ],
    ['a truncate', 'TRUNCATE customers CASCADE'],
    [
      'every kind of value',
      `UPDATE kinds SET j = '[]', b = '{}', a = '{}', raw = '', n = 1.1, at = now(), place = '(0,0)', f = 'NaN'`,
    ],
    ['equal rows', "DELETE FROM log WHERE ctid IN (SELECT ctid FROM log WHERE line = 'same' LIMIT 1)"],
    ['a row that moves to another partition', "UPDATE events SET day = '2030-01-01'"],
    ['an old key for another row', 'UPDATE orders SET cents = 6 - cents; DELETE FROM log'],
  ])('%s', async (_, sql) => {
    const before = await database.digest()
    await database.query(sql)
    expect(await database.digest()).not.toEqual(before)
    expect(await checkpoint.restore()).toBe(true)
    expect(await database.digest()).toEqual(before)
    expect(await checkpoint.changes()).toEqual({})
  })

  test('sequences go back, and further by what is skipped', async () => {
    const add = async () => {
      const { rows } = await database.query("INSERT INTO customers (mail) VALUES ('x@y') RETURNING id")
      const { rows: order } = await database.query(
        'INSERT INTO orders (customer, cents) VALUES (1, 1) RETURNING id::int',
      )
      return [rows[0]?.id, order[0]?.id]
    }
    expect(await add()).toEqual([3, 4])
    await checkpoint.restore()
    expect(await add()).toEqual([3, 4])
    await checkpoint.restore({ skip: 100 })
    expect(await add()).toEqual([103, 104])
    await checkpoint.restore()
    expect(await add()).toEqual([3, 4])
  })

  test('again and again, with the sessions of the app left as they are', async () => {
    const before = await database.digest()
    const app = await session()
    await app.query('PREPARE buy AS UPDATE orders SET cents = cents + $1 WHERE id = 1')
    for (let round = 0; round < 50; round += 1) {
      await app.query(`EXECUTE buy(${round + 1})`)
      await app.query("INSERT INTO log VALUES ('round')")
      expect(await checkpoint.restore()).toBe(true)
    }
    expect(await database.digest()).toEqual(before)
    await app.end()
  })

  test.each([
    ['locked', 'SELECT FROM orders WHERE id = 1 FOR UPDATE'],
    ['written', 'UPDATE orders SET cents = 0 WHERE id = 1'],
  ])('false while a transaction has a row %s, true when it has ended', async (_, sql) => {
    const before = await database.digest()
    await database.query('DELETE FROM log')
    const app = await session()
    await app.query('BEGIN')
    await app.query(sql)
    expect(await checkpoint.restore()).toBe(false)
    expect(await app.query('COMMIT')).toMatchObject({ command: 'COMMIT' })
    expect(await checkpoint.restore()).toBe(true)
    expect(await database.digest()).toEqual(before)
    await app.end()
  })

  test('a transaction that only reads is not in the way', async () => {
    const app = await session()
    await app.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM orders')
    await database.query('UPDATE orders SET cents = 0')
    expect(await checkpoint.restore()).toBe(true)
    await app.end()
  })

  test('a new table is emptied, and with one that is gone or changed nothing is done', async () => {
    await database.query('CREATE TABLE carts (id int); INSERT INTO carts VALUES (1)')
    expect(await checkpoint.changes()).toEqual({ carts: { added: [{ id: '1' }], removed: [] } })
    expect(await checkpoint.restore()).toBe(true)
    expect((await database.digest())?.counts.carts).toBe(0)
    await database.query('ALTER TABLE log ADD COLUMN more text; DELETE FROM events')
    expect(await checkpoint.restore()).toBe(false)
    expect((await database.digest())?.counts.events_new).toBe(0)
    await database.query('DROP TABLE log')
    expect(await checkpoint.restore()).toBe(false)
    expect(await checkpoint.changes()).toMatchObject({ log: { added: [], removed: [] } })
  })

  test('a role without privileges puts back what references allow, and says when they do not', async () => {
    await database.query(`CREATE ROLE clerk LOGIN PASSWORD 'x'; GRANT CREATE ON SCHEMA public TO clerk`)
    const role = { user: 'clerk', password: 'x' }
    const clerk = await session(role)
    await clerk.query(`CREATE SCHEMA AUTHORIZATION clerk`).catch(() => {})
    await database.query('DROP TABLE customers, orders, kinds, log, events, nothing CASCADE')
    await clerk.query(`
      CREATE TABLE users (id int PRIMARY KEY, name text);
      CREATE TABLE items (id int PRIMARY KEY, "user" int REFERENCES users);
      CREATE TABLE audit (line text);
      CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO audit VALUES (TG_OP); RETURN coalesce(NEW, OLD); END $$;
      CREATE TRIGGER tell BEFORE INSERT OR DELETE OR UPDATE ON items FOR EACH ROW EXECUTE FUNCTION tell();
      INSERT INTO users VALUES (1, 'ann'), (2, 'ben');
      INSERT INTO items VALUES (1, 1)`)
    if (!database.endpoint) throw new Error('a copy has an address')
    const own = await openCheckpoint({ ...database.endpoint, ...role })
    const before = await database.digest()
    for (const sql of [
      "UPDATE users SET name = 'eve' WHERE id = 1",
      "INSERT INTO users VALUES (3, 'cyd'); INSERT INTO items VALUES (2, 3)",
      'DELETE FROM items; DELETE FROM users',
      'TRUNCATE users CASCADE; INSERT INTO users VALUES (9); INSERT INTO items VALUES (9, 9)',
    ]) {
      await clerk.query(sql)
      expect(await own?.restore(), sql).toBe(true)
      expect(await database.digest()).toEqual(before)
    }
    await clerk.query(`
      ALTER TABLE items DROP CONSTRAINT items_user_fkey, ADD FOREIGN KEY ("user") REFERENCES users ON DELETE RESTRICT;
      INSERT INTO audit VALUES ('stays'); UPDATE users SET name = 'eve' WHERE id = 1`)
    const after = await database.digest()
    expect(await own?.restore()).toBe(false)
    expect(await database.digest()).toEqual(after)
    expect(Object.keys((await own?.changes()) ?? {})).toEqual(['users', 'audit'])
    await own?.close()
    await clerk.end()
    await database.query('DROP OWNED BY clerk CASCADE; DROP ROLE clerk')
  })
})

describe('changes', () => {
  test('none', async () => {
    await database.query('UPDATE orders SET cents = cents')
    await database.query('DELETE FROM log WHERE line <> $1', ['same'])
    expect(await (await take()).changes()).toEqual({})
  })

  test('insert, update and delete, as text', async () => {
    await database.query(`
      ALTER TABLE orders DISABLE TRIGGER note;
      UPDATE orders SET state = 'paid' WHERE id = 1;
      DELETE FROM orders WHERE id = 2;
      UPDATE events SET day = '2030-01-01' WHERE what = 'old';
      UPDATE kinds SET at = at + interval '1 hour' WHERE ctid = (SELECT min(ctid) FROM kinds)`)
    const changes = await checkpoint.changes()
    expect(changes.orders).toEqual({
      added: [{ id: '1', customer: '1', state: 'paid', cents: '100', vat: '20' }],
      removed: [
        { id: '1', customer: '1', state: 'open', cents: '100', vat: '20' },
        { id: '2', customer: '1', state: 'open', cents: '250', vat: '50' },
      ],
    })
    expect(changes.events).toEqual({
      added: [{ day: '2030-01-01', what: 'old' }],
      removed: [{ day: '2021-01-01', what: 'old' }],
    })
    expect(changes.kinds?.added).toEqual([
      {
        j: '{"a" : 1}',
        b: '{"b": [1, null]}',
        a: '{1,NULL,3}',
        raw: '\\x00ff',
        n: '1.10',
        at: '2024-05-06 06:08:09.123456+00',
        place: '(1,2)',
        mark: '<a/>',
        f: '0.1',
        span: '1 day 02:00:00',
        'Odd "name': 'it\'s, "so"',
        plimsoll_row_1: '',
        t: null,
      },
    ])
    expect(Object.keys(changes).sort()).toEqual(['events', 'kinds', 'orders'])
  })

  test('one of two equal rows, and no more than 200 of a table', async () => {
    await database.query("INSERT INTO log VALUES ('same')")
    expect(await checkpoint.changes()).toEqual({ log: { added: [{ line: 'same' }], removed: [] } })
    await database.query("INSERT INTO log SELECT 'more' FROM generate_series(1, 1000)")
    expect((await checkpoint.changes()).log?.added.length).toBe(200)
  })
})

test('too much to keep', async () => {
  await database.query("CREATE TABLE big AS SELECT n, repeat('x', 1000) FROM generate_series(1, 80000) n")
  expect(await database.checkpoint?.()).toBeNull()
})

test('a database that is dropped takes it along', async () => {
  const other = await server.copy()
  const taken = await other.checkpoint?.()
  await other.drop()
  expect(await taken?.restore()).toBe(false)
  await expect(taken?.changes()).rejects.toThrow()
  await taken?.close()
})

test('who waits for whom', async () => {
  const [first, second] = [await session(), await session()]
  const pid = async (client: typeof first) =>
    (await client.query('SELECT pg_backend_pid() AS pid')).rows[0]?.pid
  await first.query('BEGIN; UPDATE orders SET cents = 1 WHERE id = 1')
  expect(await database.waiting?.()).toEqual([])
  const blocked = second.query('UPDATE orders SET cents = 2 WHERE id = 1')
  const [holder] = [await pid(first)]
  await expect.poll(() => database.waiting?.(), { timeout: 20_000 }).toMatchObject([{ for: [holder] }])
  await first.query('COMMIT')
  await blocked
  expect(await database.waiting?.()).toEqual([])
  await first.end()
  await second.end()
})
