import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDoor as open } from '../../../../../test/support/open-test-door.ts'
import { root } from '../../../../../test/support/repository.ts'
import { families } from '../../commands/families.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import type { Door } from './door.ts'
import type { DoorOptions } from './open-door.ts'

const { signal } = new AbortController()
const openTestDoor = (dir: string, options: Partial<DoorOptions> = {}) => open(dir, { families, ...options })

describe('one lab of the example', () => {
  let door: Door
  const cwd = mkdtempSync(join(tmpdir(), 'door-'))
  const lines: string[] = []
  const query = (sql: string) => door.query(sql, { signal })
  beforeAll(async () => {
    door = await openTestDoor(join(root, 'examples/booking'), { cwd })
    await door.query('SELECT 1', { signal, onProgress: (line) => lines.push(line) })
  })
  afterAll(async () => {
    await door.close()
    rmSync(cwd, { recursive: true })
  })

  test('the first question tells what goes on while the lab is opened, the next ones find it open', async () => {
    expect(lines).toContain('lab: migrate: npm run migrate')
    const more: string[] = []
    await door.query('SELECT 1', { signal, onProgress: (line) => more.push(line) })
    expect(more).toEqual([])
  })

  test('a statement that reads', async () => {
    expect(await query("SELECT 1 AS id, 'x' AS name, NULL AS nothing, now() IS NULL AS flag")).toEqual({
      columns: ['id', 'name', 'nothing', 'flag'],
      rows: [['1', 'x', null, 'f']],
      more: 0,
      store: 'postgres (lab)',
    })
    expect((await query('SHOW server_version')).rows).toHaveLength(1)
    expect((await query('EXPLAIN SELECT * FROM accounts')).columns).toEqual(['QUERY PLAN'])
    expect((await query('SELECT * FROM accounts WHERE false')).columns).toContain('email')
  })

  test('at most 200 rows, the others counted', async () => {
    const answer = await query('SELECT g FROM generate_series(1, 900) g')
    expect([answer.rows.length, answer.rows[199], answer.more]).toEqual([200, ['200'], 700])
    expect((await query('SELECT g FROM generate_series(1, 100000) g')).more).toBe(9_800)
  })

  test.each([
    ["INSERT INTO accounts (email) VALUES ('x')", 'cannot execute INSERT in a read-only transaction'],
    ['WITH gone AS (DELETE FROM accounts RETURNING *) SELECT * FROM gone', 'cannot execute'],
    ['SELECT 1; DELETE FROM accounts', 'cannot insert multiple commands into a prepared statement'],
    ['SET TRANSACTION READ WRITE', 'transaction read-write mode must be set before any query'],
    ['DO $$ BEGIN COMMIT; DELETE FROM accounts; END $$', 'invalid transaction termination'],
    ["SELECT nextval('accounts_id_seq')", 'permission denied for sequence accounts_id_seq'],
    ["COPY (SELECT 1) TO PROGRAM 'true'", 'must be superuser'],
    ["DO $$ BEGIN RESET ROLE; COPY (SELECT 1) TO PROGRAM 'true'; END $$", 'must be superuser'],
    ["SELECT pg_read_file('/etc/hostname')", 'permission denied for function pg_read_file'],
    ["SELECT repeat('x', 34000000)", 'its answer is over 32 MB'],
    ['SELEC 1', 'syntax error at or near "SELEC"'],
  ])('the store itself refuses %s', async (sql, problem) => {
    await expect(query(sql)).rejects.toMatchObject({
      code: 'E_QUERY_REFUSED',
      message: expect.stringContaining(`The statement was refused: ${problem}`),
    })
  })

  test('nobody who reads is left in the store', async () => {
    const { rows } = await query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'plimsoll_reader%'")
    expect(rows).toHaveLength(1)
  })

  test('the app answers accounts of the lab, whose credentials are not told', async () => {
    const me = async (as?: string) => door.http({ method: 'GET', path: '/me', ...(as && { as }) }, { signal })
    const [first, second, nobody] = await Promise.all([me(), me('B'), me('anonymous')])
    expect([first.status, second.status, nobody.status]).toEqual([200, 200, 401])
    expect(first.body).not.toBe(second.body)
    expect(first.requestHeaders).toEqual({})
    await expect(me('Z')).rejects.toMatchObject({
      code: 'E_UNKNOWN_ID',
      hint: expect.stringContaining('anonymous, A, B'),
    })
  })

  test.each(['http://127.0.0.1:1/', 'events', '/events HTTP/1.1\r\nx: y'])(
    '%j is no path of the app',
    async (path) => {
      await expect(door.http({ method: 'GET', path }, { signal })).rejects.toMatchObject({
        code: 'E_FORBIDDEN',
      })
    },
  )

  test('a write through the app is seen by the next query', async () => {
    const count = async () => Number((await query('SELECT count(*) FROM accounts')).rows[0]?.[0])
    const before = await count()
    const body = { email: 'door@example.com', name: 'Door', password: 'a long password' }
    expect(await door.http({ method: 'POST', path: '/register', body }, { signal })).toMatchObject({
      status: 201,
    })
    expect(await count()).toBe(before + 1)
  })

  test('a call that is aborted says why, and the lab stays', async () => {
    const own = new AbortController()
    const asked = door.query('SELECT pg_sleep(60)', { signal: own.signal })
    own.abort(new Error('enough'))
    await expect(asked).rejects.toThrow('enough')
    expect((await query('SELECT 2')).rows).toEqual([['2']])
  })
})

const SERVER = `import { createServer } from 'node:http'
createServer((_, response) => response.end('one')).listen(process.env.PORT)
`
const small = (files: Readonly<Record<string, string | object>> = {}) =>
  writeFixture({
    'package.json': { name: 'small', type: 'module', scripts: { start: 'node server.js' } },
    'server.js': SERVER,
    'config.js': `export const key = 'sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}'\n`,
    ...files,
  })

test('the lab is renewed when the source has changed, and for nothing else', async () => {
  const fixture = small()
  const door = await openTestDoor(fixture.dir)
  try {
    const ask = async () => {
      const lines: string[] = []
      const { body } = await door.http(
        { method: 'GET', path: '/' },
        { signal, onProgress: (line) => lines.push(line) },
      )
      return [body, lines.length > 0]
    }
    expect(await ask()).toEqual(['one', true])
    writeFileSync(join(fixture.dir, 'README.md'), '# Small')
    expect(await ask()).toEqual(['one', false])
    writeFileSync(join(fixture.dir, 'server.js'), SERVER.replace('one', 'two'))
    expect(await ask()).toEqual(['two', true])
    await expect(door.query('SELECT 1', { signal })).rejects.toMatchObject({ code: 'E_FORBIDDEN' })
  } finally {
    await door.close()
    fixture.remove()
  }
})

describe('without a lab', () => {
  const fixture = small()
  let door: Door
  beforeAll(async () => {
    door = await openTestDoor(fixture.dir)
  })
  afterAll(async () => {
    await door.close()
    fixture.remove()
  })

  test('the survey follows the source', async () => {
    const before = await door.survey()
    expect(await door.survey()).toBe(before)
    writeFileSync(join(fixture.dir, 'later.js'), '')
    expect(await door.survey()).not.toBe(before)
  })

  test('before the first proof there is no Run', async () => {
    expect([door.run(), door.runs()]).toEqual([null, []])
    await expect(door.replay('abcd', { signal })).rejects.toMatchObject({ code: 'E_NO_RUN' })
  })

  test('a proof is saved, found again, explained and replayed', async () => {
    const told: string[] = []
    const { run, dir } = await door.prove({ only: ['secret-leak'], onRun: (id) => told.push(id), signal })
    expect(told).toEqual([run.id])
    expect(run).toMatchObject({ target: '.', end: 'complete', exitCode: 1 })
    expect(door.runs()).toEqual([{ id: run.id, dir }])
    expect(door.run()).toEqual({ run, dir })
    expect(door.run(run.id)?.run.id).toBe(run.id)
    expect(door.run('other')).toBeNull()
    const [finding] = run.verdicts.filter(({ status }) => status === 'refuted')
    const id = finding?.id ?? ''
    expect(door.explain(id)).toBe(door.explain('secret-leak'))
    expect(await door.replay(id, { signal })).toMatchObject({
      ...{ verdict: { id }, now: { status: 'refuted' }, unchanged: true },
    })
    await expect(door.replay(`${id}x`, { signal })).rejects.toMatchObject({ hint: `Did you mean "${id}"?` })
    expect(Array.isArray(await door.preview(id))).toBe(true)
  })

  test('thresholds are those of the configuration as it was when the door was opened', async () => {
    const config = { standards: { 'reliability.fault-tolerance': false as const } }
    const own = await openTestDoor(fixture.dir, { config: { config, file: 'plimsoll.config.json' } })
    expect(door.standards().some(({ id }) => id === 'reliability.fault-tolerance')).toBe(true)
    expect(own.standards().some(({ id }) => id === 'reliability.fault-tolerance')).toBe(false)
    await own.close()
  })

  test('what nobody knows', () => {
    expect(door.explain('no-such-thing')).toBeNull()
    expect(door.topics()).toContain('experiments/race')
  })
})

test('a folder that is none', async () => {
  await expect(openTestDoor('/no/such/folder')).rejects.toMatchObject({ code: 'E_NOT_A_FOLDER' })
})
