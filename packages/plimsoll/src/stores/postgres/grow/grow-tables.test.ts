import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSupervisor } from '../../../instruments/process/open-supervisor.ts'
import type { Supervisor } from '../../../instruments/process/process.ts'
import type { Grown, StoreDatabase, StoreServer } from '../../define.ts'
import { startPostgres } from '../start.ts'
import { growTables } from './grow-tables.ts'

let supervisor: Supervisor
let server: StoreServer
let database: StoreDatabase

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
  await server.template()
  await server.seal()
})
afterAll(async () => {
  await server.stop()
  await supervisor.close()
})
beforeEach(async () => {
  database = await server.copy()
})
afterEach(() => database.drop())

const { signal } = new AbortController()

const grow = async (rows: number, stop: AbortSignal = signal): Promise<Grown[]> => {
  const grown = await database.grow?.({ rows, signal: stop })
  if (!grown) throw new Error('it grows')
  return grown.sort((a, b) => (a.table < b.table ? -1 : 1))
}
const full = (rows: number, tables: Record<string, number>): Grown[] =>
  Object.entries(tables).map(([table, before]) => ({ table, before, after: rows, short: null }))
const one = async (sql: string) => Object.values((await database.query(sql)).rows[0] ?? {})[0]

test('only the tables that are named grow, and what they refer to', async () => {
  await database.query(`
    CREATE TABLE customers (id serial PRIMARY KEY, name text NOT NULL);
    CREATE TABLE orders (id serial PRIMARY KEY, customer_id int NOT NULL REFERENCES customers);
    CREATE TABLE lines (id serial PRIMARY KEY, order_id int REFERENCES orders);
    INSERT INTO customers (name) VALUES ('Ann'); INSERT INTO orders (customer_id) VALUES (1);
    INSERT INTO lines (order_id) VALUES (1)`)
  const grown = await database.grow?.({ rows: 50, tables: ['orders'], signal })
  expect(grown?.toSorted((a, b) => (a.table < b.table ? -1 : 1))).toEqual(
    full(50, { customers: 1, orders: 1 }),
  )
  expect(await one('SELECT count(*)::int FROM lines')).toBe(1)
})

test('a shop: serial keys, references and pairs', async () => {
  await database.query(`
    CREATE TABLE customers (id serial PRIMARY KEY, mail varchar(30) NOT NULL UNIQUE, name text NOT NULL);
    CREATE TABLE products (id int PRIMARY KEY, sku char(5) UNIQUE, cents int CHECK (cents > 0));
    CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      customer_id int NOT NULL REFERENCES customers, note text, at timestamptz NOT NULL DEFAULT now());
    CREATE TABLE lines (order_id bigint REFERENCES orders, product_id int REFERENCES products, pieces int,
      PRIMARY KEY (order_id, product_id));
    CREATE TABLE knex_migrations (id serial PRIMARY KEY, name text);
    CREATE TABLE nothing (id serial PRIMARY KEY);
    INSERT INTO customers (mail, name) VALUES ('ann@example.org', 'Ann'), ('a-very-long-name@example.org', 'Ben');
    INSERT INTO products VALUES (7, 'AB123', 100), (9, 'CD456', 250);
    INSERT INTO orders (customer_id, note) VALUES (1, 'a'), (1, null), (2, 'c');
    INSERT INTO lines VALUES (1, 7, 1), (1, 9, 2), (2, 7, 1);
    INSERT INTO knex_migrations (name) VALUES ('001')`)
  expect(await grow(2_000)).toEqual(full(2_000, { customers: 2, lines: 3, orders: 3, products: 2 }))
  expect(await one('SELECT count(DISTINCT mail)::int FROM customers WHERE length(mail) <= 30')).toBe(2_000)
  expect(await one("SELECT count(*)::int FROM customers WHERE mail LIKE '_%@example.org'")).toBe(2_000)
  expect(await one('SELECT count(*)::int FROM knex_migrations')).toBe(1)
  expect(await one('SELECT count(*)::int FROM nothing')).toBe(0)
  expect(await one('SELECT count(*)::int FROM orders WHERE customer_id = 1')).toBe(2)
  expect(await one('SELECT count(DISTINCT customer_id)::int FROM orders')).toBeGreaterThan(1_000)
  expect(await one('SELECT count(DISTINCT product_id)::int FROM lines')).toBeGreaterThan(1_000)
  const nulls = Number(await one('SELECT count(*)::int FROM orders WHERE note IS NULL'))
  expect(nulls).toBeGreaterThan(500)
  expect(nulls).toBeLessThan(850)
  expect(await grow(3_000)).toEqual(
    full(3_000, { customers: 2_000, lines: 2_000, orders: 2_000, products: 2_000 }),
  )
  expect(await one('SELECT count(*)::int FROM orders WHERE customer_id = 1')).toBe(2)
  expect(await one("SELECT count(*)::int FROM pg_stats WHERE tablename = 'orders'")).toBeGreaterThan(0)
})

test('values of many types stay like what was there', async () => {
  await database.query(`
    CREATE TYPE mood AS ENUM ('good', 'bad');
    CREATE DOMAIN email AS text CHECK (VALUE LIKE '%_@_%');
    CREATE DOMAIN positive AS int CHECK (VALUE > 0);
    CREATE TABLE kinds (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(), mail email NOT NULL UNIQUE, place positive UNIQUE,
      mood mood NOT NULL, tags text[], data jsonb, raw bytea UNIQUE, n numeric(12,2) UNIQUE, at timestamptz UNIQUE,
      day date UNIQUE, span interval UNIQUE, host inet UNIQUE, link text UNIQUE, phone text UNIQUE, reference text UNIQUE,
      twice int GENERATED ALWAYS AS (place * 2) STORED UNIQUE, "Odd ""name" text UNIQUE, at_null text UNIQUE
    );
    CREATE UNIQUE INDEX ON kinds (lower(mail));
    INSERT INTO kinds (mail, place, mood, tags, data, raw, n, at, day, span, host, link, phone, reference, "Odd ""name") VALUES
      ('Ann@Example.org', 5, 'good', '{a,b}', '{"a": [1, null]}', '\\x00ff', 1.50, '2024-05-06 07:08:09+02', '2024-02-28',
       '1 day', '10.0.0.1', 'https://example.org/a/b?c=1', '+491234567890', '6f1c1b0e-0000-4000-8000-000000000001', 'room-7'),
      ('ben@example.org', 6, 'bad', null, null, '\\x01', 2, '2023-01-01', '2023-01-01', '2 hours', '10.0.0.2',
       'https://example.org', '01711234567', '6f1c1b0e-0000-4000-8000-000000000002', 'room-8')`)
  expect(await grow(1_500)).toEqual(full(1_500, { kinds: 2 }))
  expect(await one("SELECT count(*)::int FROM kinds WHERE link !~ '^https://example[.]org(/|$)'")).toBe(0)
  expect(await one("SELECT count(*)::int FROM kinds WHERE phone !~ '^[+]?[0-9]{11,12}$'")).toBe(0)
  expect(await one('SELECT count(*)::int FROM kinds WHERE length(reference) <> 36')).toBe(0)
  expect(await one('SELECT count(*)::int FROM kinds WHERE "Odd ""name" !~ \'^room-[0-9]+$\'')).toBe(0)
  expect(await one('SELECT count(*)::int FROM kinds WHERE at_null IS NOT NULL')).toBe(0)
  expect(
    await one("SELECT count(*)::int FROM kinds WHERE mood = 'good' AND data IS NOT NULL"),
  ).toBeGreaterThan(500)
})

test('a tree stays one', async () => {
  await database.query(`
    CREATE TABLE folders (id serial PRIMARY KEY, parent int REFERENCES folders, name text NOT NULL, UNIQUE (parent, name));
    INSERT INTO folders (parent, name) VALUES (null, 'root'), (1, 'a'), (1, 'b'), (2, 'c')`)
  expect(await grow(1_000)).toEqual(full(1_000, { folders: 4 }))
  expect(await one('SELECT count(*)::int FROM folders WHERE parent = 1')).toBe(2)
  expect(await one('SELECT count(*)::int FROM folders WHERE parent IS NOT NULL')).toBeGreaterThan(600)
  const reached = `WITH RECURSIVE down AS (SELECT id FROM folders WHERE parent IS NULL
    UNION ALL SELECT f.id FROM folders f JOIN down ON f.parent = down.id) SELECT count(*)::int FROM down`
  expect(await one(reached)).toBe(1_000)
})

test('tables that need each other', async () => {
  await database.query(`
    CREATE TABLE teams (id int PRIMARY KEY, captain int);
    CREATE TABLE players (id int PRIMARY KEY, team int NOT NULL REFERENCES teams);
    ALTER TABLE teams ADD FOREIGN KEY (captain) REFERENCES players;
    CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL);
    CREATE TABLE b (id int PRIMARY KEY, a int NOT NULL REFERENCES a DEFERRABLE INITIALLY DEFERRED);
    ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b DEFERRABLE INITIALLY DEFERRED;
    INSERT INTO teams VALUES (1, null), (2, null);
    INSERT INTO players VALUES (1, 1), (2, 1), (3, 2);
    UPDATE teams SET captain = id;
    BEGIN; INSERT INTO a VALUES (1, 1); INSERT INTO b VALUES (1, 1); COMMIT`)
  expect(await grow(500)).toEqual(full(500, { a: 1, b: 1, players: 3, teams: 2 }))
  expect(await one('SELECT count(*)::int FROM teams WHERE captain IS NULL')).toBe(0)
  expect(await one('SELECT count(DISTINCT captain)::int FROM teams')).toBeGreaterThan(200)
  expect(await one('SELECT count(DISTINCT a)::int FROM b')).toBeGreaterThan(200)
  expect(await one('SELECT count(DISTINCT b)::int FROM a')).toBeGreaterThan(200)
})

test('tenants: a reference of two columns brings what it covers', async () => {
  await database.query(`
    CREATE TABLE tenants (id uuid PRIMARY KEY);
    CREATE TABLE users (tenant uuid REFERENCES tenants, id int, PRIMARY KEY (tenant, id));
    CREATE TABLE projects (tenant uuid REFERENCES tenants, id int, PRIMARY KEY (tenant, id));
    CREATE TABLE notes (id serial PRIMARY KEY, tenant uuid NOT NULL REFERENCES tenants, writer int NOT NULL,
      FOREIGN KEY (tenant, writer) REFERENCES users);
    CREATE TABLE members (tenant uuid NOT NULL, who int NOT NULL, project int NOT NULL, level int NOT NULL UNIQUE,
      FOREIGN KEY (tenant, who) REFERENCES users, FOREIGN KEY (tenant, project) REFERENCES projects);
    CREATE TABLE profiles (tenant uuid, who int, text text, PRIMARY KEY (tenant, who), FOREIGN KEY (tenant, who) REFERENCES users);
    INSERT INTO tenants SELECT md5(n::text)::uuid FROM generate_series(1, 3) n;
    INSERT INTO users SELECT id, n FROM tenants, generate_series(1, 2) n;
    INSERT INTO projects SELECT id, 1 FROM tenants;
    INSERT INTO notes (tenant, writer) SELECT tenant, id FROM users;
    INSERT INTO members SELECT tenant, 1, 1, row_number() OVER () FROM projects;
    INSERT INTO profiles SELECT tenant, id, 'hello' FROM users LIMIT 1`)
  expect(await grow(600)).toEqual(
    full(600, { members: 3, notes: 6, profiles: 1, projects: 3, tenants: 3, users: 6 }),
  )
})

test('references that are not declared, and names that differ', async () => {
  await database.query(`
    CREATE TABLE categories (id serial PRIMARY KEY, name text NOT NULL);
    CREATE TABLE users (id serial PRIMARY KEY, mail text, role text, born text, code text CHECK (code ~ '^[a-z]+$'));
    CREATE TABLE posts (id serial PRIMARY KEY, user_id int NOT NULL, "categoryId" int, batch_id int);
    INSERT INTO categories (name) VALUES ('a'), ('b');
    INSERT INTO users (mail, role, born, code)
    SELECT 'u' || n || '@x.org', 'r' || n % 2, '2000-01-' || n, repeat('a', n) FROM generate_series(10, 25) n;
    INSERT INTO posts (user_id, "categoryId", batch_id) VALUES (1, 1, 7), (1, null, 7), (2, 2, 7)`)
  expect(await grow(1_000)).toEqual(full(1_000, { categories: 2, posts: 3, users: 16 }))
  expect(await one('SELECT count(*)::int FROM posts WHERE user_id = 1')).toBeLessThan(10)
  expect(await one('SELECT count(*)::int FROM posts JOIN users ON users.id = user_id')).toBe(1_000)
  expect(await one('SELECT count(DISTINCT "categoryId")::int FROM posts')).toBeGreaterThan(200)
  expect(await one('SELECT count(DISTINCT batch_id)::int FROM posts')).toBe(1)
  expect(await one('SELECT count(DISTINCT mail)::int FROM users')).toBe(1_000)
  expect(await one('SELECT count(DISTINCT role)::int FROM users')).toBe(2)
  expect(await one('SELECT count(DISTINCT born)::int FROM users')).toBe(16)
  expect(await one('SELECT count(DISTINCT name)::int FROM categories')).toBe(2)
})

test('one session does not become many of the same token', async () => {
  await database.query(`CREATE TABLE sessions (id serial PRIMARY KEY, token text, until text, data text, kind text, who uuid);
    INSERT INTO sessions (token, until, data, kind, who) VALUES
      ('c2Vzc2lvbi10b2tlbi1vZi1hbm4', '2026-11-23T07:14:20.689Z', '{"account":1,"organiser":true}', 'web', md5('1')::uuid)`)
  expect(await grow(100)).toEqual(full(100, { sessions: 1 }))
  const { rows } =
    await database.query(`SELECT count(DISTINCT token)::int AS token, count(DISTINCT until)::int AS until,
    count(DISTINCT data)::int AS data, count(DISTINCT kind)::int AS kind, count(DISTINCT who)::int AS who FROM sessions`)
  expect(rows).toEqual([{ token: 100, until: 1, data: 1, kind: 1, who: 100 }])
})

describe('what has no room', () => {
  test.each([
    [
      'an enum as key',
      "CREATE TYPE plan AS ENUM ('free', 'paid'); CREATE TABLE t (plan plan PRIMARY KEY); INSERT INTO t VALUES ('free')",
      { before: 1, after: 1, short: 'no new values can be made for the unique plan' },
    ],
    [
      'one row by design',
      'CREATE TABLE t (one boolean PRIMARY KEY DEFAULT true CHECK (one)); INSERT INTO t VALUES (true)',
      { before: 1, after: 1, short: 'no new values can be made for the unique one' },
    ],
    [
      'a check that few rows meet',
      'CREATE TABLE t (id int PRIMARY KEY CHECK (id <= 5)); INSERT INTO t VALUES (1)',
      { before: 1, after: 5, short: 'new row for relation "t" violates check constraint "t_id_check"' },
    ],
    [
      'small numbers',
      'CREATE TABLE t (id smallint PRIMARY KEY); INSERT INTO t VALUES (32760)',
      { before: 1, after: 8, short: 'smallint out of range' },
    ],
    [
      'one for each of few',
      `CREATE TABLE p (plan text CHECK (plan = 'x') UNIQUE, id int PRIMARY KEY); INSERT INTO p VALUES ('x', 1);
       CREATE TABLE t (p int NOT NULL UNIQUE REFERENCES p); INSERT INTO t VALUES (1)`,
      {
        before: 1,
        after: 1,
        short: 'p is unique, and every row it may point at is taken',
      },
    ],
  ])('%s', async (_, sql, expected) => {
    await database.query(sql)
    const grown = await grow(200)
    expect(grown.find(({ table }) => table === 't')).toEqual({ table: 't', ...expected })
  })

  test('rooms that may not be taken twice at a time', async () => {
    await database.query(`CREATE TABLE t (id serial PRIMARY KEY, during int4range, EXCLUDE USING gist (during WITH &&));
      INSERT INTO t (during) VALUES ('[1,5)'), (null)`)
    const [grown] = await grow(100)
    expect(grown?.after).toBeGreaterThan(20)
    expect(grown?.short).toContain('like those')
  })
})

test('a unique index for some rows only leaves the others alone', async () => {
  await database.query(`CREATE TABLE carts (id serial PRIMARY KEY, customer int NOT NULL, closed_at timestamptz);
    CREATE UNIQUE INDEX ON carts (customer) WHERE closed_at IS NULL;
    INSERT INTO carts (customer, closed_at) VALUES (1, null), (1, now()), (1, now())`)
  expect(await grow(500)).toEqual(full(500, { carts: 3 }))
})

test("the app's own triggers stay silent, and are on again afterwards", async () => {
  await database.query(`CREATE TABLE log (line text); CREATE TABLE things (id serial PRIMARY KEY);
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES ('x'); RETURN NEW; END $$;
    CREATE TRIGGER note AFTER INSERT ON things FOR EACH ROW EXECUTE FUNCTION note();
    CREATE TRIGGER off AFTER INSERT ON things FOR EACH ROW EXECUTE FUNCTION note();
    ALTER TABLE things DISABLE TRIGGER off; INSERT INTO things DEFAULT VALUES`)
  expect(await grow(300)).toEqual(full(300, { log: 1, things: 1 }))
  await database.query('INSERT INTO things DEFAULT VALUES')
  expect(await one('SELECT count(*)::int FROM log')).toBe(301)
})

test('an owner without special rights fills with every check on', async () => {
  await database.query(`CREATE ROLE tenant LOGIN PASSWORD 'secret'; GRANT ALL ON SCHEMA public TO tenant; SET ROLE tenant;
    CREATE TABLE p (id serial PRIMARY KEY); CREATE TABLE c (id serial PRIMARY KEY, p int NOT NULL REFERENCES p);
    CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
    INSERT INTO p DEFAULT VALUES; INSERT INTO c (p) VALUES (1);
    CREATE TRIGGER no BEFORE INSERT ON c FOR EACH ROW EXECUTE FUNCTION no(); RESET ROLE`)
  if (!database.endpoint) throw new Error('a copy has an address')
  const grown = await growTables(
    { ...database.endpoint, user: 'tenant', password: 'secret' },
    { rows: 50, signal },
  )
  expect(grown).toEqual(full(50, { p: 1, c: 1 }))
  await expect(database.query('INSERT INTO c (p) VALUES (1)')).rejects.toThrow('no')
})

test('rows that would refer to nothing are taken out again', async () => {
  await database.query(`CREATE TABLE kinds (id int PRIMARY KEY); CREATE TABLE things (kind int, id int, PRIMARY KEY (kind, id));
    CREATE TABLE uses (id serial PRIMARY KEY, kind int REFERENCES kinds, thing int, FOREIGN KEY (kind, thing) REFERENCES things);
    CREATE UNIQUE INDEX ON things (kind);
    INSERT INTO kinds VALUES (1), (2); INSERT INTO things VALUES (1, 1), (2, 1); INSERT INTO uses (kind, thing) VALUES (1, 1)`)
  await grow(100)
  const orphans = 'SELECT count(*)::int FROM uses WHERE kind NOT IN (SELECT id FROM kinds)'
  expect(await one(orphans)).toBe(0)
})

test('partitions are filled through the whole', async () => {
  await database.query(`CREATE TABLE events (id bigserial, day date NOT NULL, what text, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
    CREATE TABLE events_old PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2025-01-01');
    CREATE TABLE events_new PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2030-01-01');
    INSERT INTO events (day, what) VALUES ('2021-01-01', 'old'), ('2026-01-01', 'new')`)
  expect(await grow(400)).toEqual(full(400, { events: 2 }))
  expect(await one('SELECT count(*)::int FROM events_old')).toBeGreaterThan(100)
})

test('the same rows each time', async () => {
  const sql = `CREATE TABLE p (id serial PRIMARY KEY, mail text UNIQUE);
    CREATE TABLE c (id uuid PRIMARY KEY, p int REFERENCES p, t text);
    INSERT INTO p (mail) VALUES ('a@b.c'), ('d@e.f');
    INSERT INTO c VALUES (md5('1')::uuid, 1, 'x'), (md5('2')::uuid, 2, 'y')`
  const other = await server.copy()
  for (const each of [database, other]) {
    await each.query(sql)
    await each.grow?.({ rows: 700, signal })
  }
  expect(await other.digest()).toEqual(await database.digest())
  await other.drop()
})

test('a hundred thousand rows, and an end when told', async () => {
  await database.query(`CREATE TABLE t (id serial PRIMARY KEY, a text, b int); CREATE INDEX ON t (b);
    INSERT INTO t (a, b) SELECT repeat('x', n), n FROM generate_series(1, 50) n;
    CREATE TABLE u (id serial PRIMARY KEY, t int REFERENCES t); INSERT INTO u (t) VALUES (1)`)
  expect(await grow(100_000)).toEqual(full(100_000, { t: 50, u: 1 }))
  const stop = new AbortController()
  const growing = grow(5_000_000, stop.signal)
  setTimeout(() => stop.abort(), 100)
  for (const { after, short } of await growing) {
    expect(after).toBeLessThan(5_000_000)
    expect(short).toBe('there was no more time')
  }
})
