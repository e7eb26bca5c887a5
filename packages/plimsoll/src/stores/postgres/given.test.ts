import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import type { Supervisor } from '../../instruments/process/process.ts'
import type { Endpoint, StoreDatabase, StoreServer } from '../define.ts'
import { connect } from './connect.ts'
import { openGiven } from './given.ts'
import { startPostgres } from './start.ts'

let supervisor: Supervisor
let host: StoreServer
let given: StoreDatabase
let endpoint: Endpoint

const urlOf = ({ user, password, host: name, port, database }: Endpoint) =>
  `postgresql://${user}:${password}@${name}:${port}/${database}`

const need = (url: string | null) => ({
  supervisor,
  url,
  appDir: supervisor.scratchDir,
  durable: false,
  signal: new AbortController().signal,
})

/** Databases of other labs than the one that hosts the given server. */
const databases = async () => {
  const client = await connect({ ...endpoint, database: 'postgres' })
  const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database ORDER BY 1')
  await client.end()
  return rows.map((row) => row.datname)
}

beforeAll(async () => {
  supervisor = await openSupervisor()
  host = await startPostgres(need(null))
  await host.template()
  await host.seal()
})
afterAll(async () => {
  await host.stop()
  await supervisor.close()
})
beforeEach(async () => {
  given = await host.copy()
  if (!given.endpoint) throw new Error('a copy has an address')
  endpoint = given.endpoint
})
afterEach(() => given.drop())

test('an empty database on loopback: ours are made beside it, and exactly ours are dropped', async () => {
  const before = await databases()
  const server = await startPostgres(need(urlOf({ ...endpoint, host: 'localhost' })))
  expect(server.how).toMatch(/^PostgreSQL \d.*, given$/)
  expect(server.pid).toBe(host.pid)
  await (await server.template()).query('CREATE TABLE t (x int)')
  await server.seal()
  const copy = await server.copy()
  expect((await copy.digest())?.counts).toEqual({ t: 0 })
  expect((await databases()).length).toBe(before.length + 2)
  expect((await given.digest())?.counts).toEqual({})
  await server.stop()
  expect(await databases()).toEqual(before)
})

test('one that holds tables is refused by naming them, without its password', async () => {
  for (const name of ['orders', 'users', 'payments', 'seats'])
    await given.query(`CREATE TABLE ${name} (x int)`)
  const before = await databases()
  const refused = startPostgres(need(urlOf(endpoint)))
  await expect(refused).rejects.toMatchObject({
    code: 'E_STORE_NOT_DISPOSABLE',
    message: expect.stringContaining('holds public.orders, public.payments, public.seats and 1 more'),
  })
  await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining(endpoint.password) })
  expect(await databases()).toEqual(before)
})

test('one that holds only a view is not empty', async () => {
  await given.query('CREATE VIEW v AS SELECT 1 AS one')
  await expect(openGiven(urlOf(endpoint))).rejects.toMatchObject({ code: 'E_STORE_NOT_DISPOSABLE' })
})

test('one that is marked disposable is taken, whatever else it holds', async () => {
  await given.query('CREATE TABLE orders (x int)')
  await given.query('CREATE TABLE plimsoll_disposable ()')
  const { client } = await openGiven(urlOf(endpoint))
  await client.end()
})

test('a role that may not create databases is said', async () => {
  await given.query("CREATE ROLE timid LOGIN PASSWORD 'x'")
  await expect(openGiven(urlOf({ ...endpoint, user: 'timid', password: 'x' }))).rejects.toMatchObject({
    code: 'E_STORE_UNAVAILABLE',
    hint: expect.stringContaining('CREATEDB'),
  })
  await given.query('DROP ROLE timid')
})

test('what a killed lab left in a given server goes when the next one comes; what a living one uses stays', async () => {
  await given.query('CREATE DATABASE plimsoll_00c0ffee_1')
  await given.query('CREATE DATABASE plimsoll_report')
  const living = await startPostgres(need(urlOf(endpoint)))
  await living.template()
  const next = await startPostgres(need(urlOf(endpoint)))
  const left = await databases()
  expect(left).not.toContain('plimsoll_00c0ffee_1')
  expect(left).toContain('plimsoll_report')
  await (await living.template()).query('SELECT 1')
  await Promise.all([next.stop(), living.stop()])
  await given.query('DROP DATABASE plimsoll_report')
})

describe('addresses that are refused before a byte is sent', () => {
  test.each([
    ['postgres://u:p@192.0.2.7:5432/app', /192\.0\.2\.7, which is not this machine's loopback/],
    ['postgres://u:p@[2001:db8::1]:5432/app', /2001:db8::1, which is not/],
    ['postgres://u:p@db.invalid/app', /stands for no address/],
    ['postgres://u:p@localhost/app?host=192.0.2.7', /TCP address of its own/],
    ['postgres:///app', /TCP address of its own/],
  ])('%s', async (url, message) => {
    await expect(openGiven(url)).rejects.toMatchObject({
      code: 'E_STORE_NOT_DISPOSABLE',
      message: expect.stringMatching(message),
    })
  })

  test.each(['mysql://root@localhost/app', 'not a url'])('%s is no address of PostgreSQL', async (url) => {
    await expect(openGiven(url)).rejects.toMatchObject({ code: 'E_CONFIG_INVALID' })
  })

  test('a port on which nothing listens', async () => {
    await expect(openGiven('postgres://u:p@127.0.0.1:1/app')).rejects.toMatchObject({
      code: 'E_STORE_UNAVAILABLE',
      message: expect.not.stringContaining(':p@'),
    })
  })
})
