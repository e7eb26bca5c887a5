import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSupervisor } from '../../../instruments/process/open-supervisor.ts'
import type { Supervisor } from '../../../instruments/process/process.ts'
import type { StoreDatabase, StoreServer } from '../../define.ts'
import { startPostgres } from '../start.ts'
import { equalColumns, orderColumns } from './whole-reads.ts'

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
  const template = await server.template()
  await template.query(`CREATE TABLE items (id serial PRIMARY KEY, shop int, kind varchar(10), at timestamptz, body text);
    INSERT INTO items (shop, kind, at, body)
    SELECT n, 'k' || n, now() + n * interval '1 s', repeat('x', 100) FROM generate_series(1, 5000) n;
    CREATE INDEX ON items (at)`)
  await server.seal()
  database = await server.copy()
})
afterAll(async () => {
  await server.stop()
  await supervisor.close()
})

const whole = async (sql: string, ...parameters: (string | null)[]) =>
  (await database.explain?.(sql, parameters))?.whole.map(({ table, kept, equal, order }) => ({
    table,
    few: kept < 100,
    equal,
    order,
  }))
const items = { table: 'items', few: false, equal: [], order: [] }

test('reads of the whole table, and what would spare them', async () => {
  expect(await whole('SELECT * FROM items')).toEqual([items])
  expect(await whole('SELECT * FROM items WHERE shop = $1', '7')).toEqual([
    { ...items, few: true, equal: ['shop'] },
  ])
  expect(await whole("SELECT * FROM items i WHERE kind = 'k7' AND shop = $1", '7')).toEqual([
    { ...items, few: true, equal: ['kind', 'shop'] },
  ])
  expect(await whole('SELECT * FROM items WHERE body LIKE $1', '%y%')).toEqual([{ ...items, few: true }])
  expect(await whole('SELECT * FROM items ORDER BY shop DESC LIMIT 5')).toEqual([
    { ...items, order: ['shop DESC'] },
  ])
  expect(await whole('SELECT count(*) FROM items')).toEqual([items])
})

test('what an index leads, or what ends early, is none', async () => {
  expect(await whole('SELECT * FROM items WHERE id = $1', '7')).toEqual([])
  expect(await whole('SELECT * FROM items ORDER BY at LIMIT 5')).toEqual([])
  expect(await whole('SELECT * FROM items LIMIT 5')).toEqual([])
})

test('what cannot be explained, and more than one statement, are answered with null and run nothing', async () => {
  expect(await database.explain?.('SELECT * FROM gone', [])).toBeNull()
  expect(await database.explain?.('SELECT 1; DELETE FROM items', [])).toBeNull()
  expect((await database.query('SELECT count(*)::int AS n FROM items')).rows).toEqual([{ n: 5_000 }])
  expect((await database.explain?.('SELECT * FROM items', []))?.plan).toMatch(/^Seq Scan on items/)
})

test.each([
  ['(orders.customer_id = 5)', ['customer_id']],
  ["((o.kind)::text = 'x = y'::text)", []],
  ["(((kind)::text = 'x'::text) AND (shop = 3))", ['kind', 'shop']],
  ["(lower(kind) = 'x'::text)", []],
  ['(a > 5)', []],
  ['((a = 5) OR (b = 6))', []],
  ["(kind = ANY ('{a,b}'::text[]))", []],
])('%s', (filter, columns) => {
  expect(equalColumns(filter)).toEqual(columns)
})

test('orders', () => {
  expect(orderColumns(['items.at DESC NULLS LAST', 'items.id'])).toEqual(['at DESC NULLS LAST', 'id'])
  expect(orderColumns(['(lower(items.body))'])).toEqual([])
})
