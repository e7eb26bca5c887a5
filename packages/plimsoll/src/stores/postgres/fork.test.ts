import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import type { Supervisor } from '../../instruments/process/process.ts'
import type { OwnServer, StoreDatabase, StoreServer } from '../define.ts'
import { connect } from './connect.ts'
import { embedded } from './sources/embedded.ts'
import { installed } from './sources/installed.ts'
import { startPostgres } from './start.ts'

let supervisor: Supervisor
let server: StoreServer
let others: StoreDatabase

const counted = async (database: StoreDatabase) =>
  (await database.query('SELECT count(*)::int AS n FROM notes')).rows[0]?.n

const forked = async (): Promise<OwnServer> => {
  const own = await server.fork?.()
  if (own === undefined) throw new Error('this server can be forked')
  return own
}

beforeAll(async () => {
  supervisor = await openSupervisor()
  const signal = new AbortController().signal
  const need = { supervisor, url: null, appDir: supervisor.scratchDir, durable: false, signal }
  server = await startPostgres(need, [installed, embedded])
  const template = await server.template()
  await template.query('CREATE TABLE notes (id serial PRIMARY KEY, text text)')
  await template.query("INSERT INTO notes (text) SELECT 'note ' || n FROM generate_series(1, 100) n")
  await template.query('CREATE ROLE clerk')
  for (const setting of [
    "statement_timeout = '7s'",
    'search_path = "$user", public, "odd ""name"""',
    "ledger.label = 'it''s = 1'",
  ]) {
    await template.query(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET ${setting.replaceAll("'", "''")}', current_database()); END $$`,
    )
  }
  await template.query(
    "DO $$ BEGIN EXECUTE format('ALTER ROLE clerk IN DATABASE %I SET work_mem = 8192', current_database()); END $$",
  )
  await server.seal()
  others = await server.copy()
})
afterAll(async () => {
  await server.stop()
  await supervisor.close()
})

test('a copy keeps what the migrations set on their database', async () => {
  const { rows } = await others.query(
    `SELECT coalesce(setrole::regrole::text, '') AS role, setconfig AS settings FROM pg_db_role_setting
     JOIN pg_database d ON d.oid = setdatabase WHERE datname = current_database() ORDER BY setrole`,
  )
  expect(rows).toEqual([
    {
      role: '-',
      settings: [
        'statement_timeout=7s',
        'search_path="$user", public, "odd ""name"""',
        "ledger.label=it's = 1",
      ],
    },
    { role: 'clerk', settings: ['work_mem=8192'] },
  ])
})

test('texts are found wherever they stand', async () => {
  await others.query('INSERT INTO notes (text) VALUES (\'{"word": "qx7-%_ä"}\'), (\'qx7-%_ä\')')
  expect(await others.find?.(['qx7-%_ä', 'nowhere', 'note 100'])).toEqual({
    'qx7-%_ä': { notes: 2 },
    nowhere: {},
    'note 100': { notes: 1 },
  })
  expect(await others.find?.(['note 100'], ['other'])).toEqual({ 'note 100': {} })
})

test('a server of its own starts from the template, while others write to theirs', async () => {
  let writing = true
  const write = async () => {
    while (writing) await others.query("INSERT INTO notes (text) VALUES (repeat('x', 5000))")
  }
  const writer = write()
  const [one, other] = await Promise.all([forked(), forked()])
  writing = false
  await writer
  expect([await counted(one.database), await counted(other.database)]).toEqual([100, 100])
  await one.database.query('DELETE FROM notes')
  expect(await counted(other.database)).toBe(100)
  expect(await one.promises()).toEqual(
    ['fsync', 'full_page_writes', 'synchronous_commit'].map((name) => ({
      name,
      value: 'on',
      source: 'default',
    })),
  )
  await Promise.all([one.stop(), other.stop()])
  await one.stop()
})

test('killed, it keeps what it committed and loses what it only promised', async () => {
  const own = await forked()
  const { endpoint } = own.database
  if (endpoint === null) throw new Error('it has an address')
  const client = await connect(endpoint)
  await own.lag()
  for (let n = 0; n < 20; n += 1) await client.query("INSERT INTO notes (text) VALUES ('kept')")
  await own.kill()
  await expect(connect(endpoint)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await own.start()
  expect(await counted(own.database)).toBe(120)

  await own.database.query(
    'DO $$ BEGIN EXECUTE format($q$ALTER DATABASE %I SET synchronous_commit = off$q$, current_database()); END $$',
  )
  const careless = await connect(endpoint)
  await own.lag()
  for (let n = 0; n < 20; n += 1) await careless.query("INSERT INTO notes (text) VALUES ('promised')")
  await own.kill()
  await own.start()
  expect(await counted(own.database)).toBeLessThan(140)
  expect((await own.promises()).find(({ name }) => name === 'synchronous_commit')).toEqual({
    name: 'synchronous_commit',
    value: 'off',
    source: 'database',
  })
  await own.stop()
  await expect(connect(endpoint)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
