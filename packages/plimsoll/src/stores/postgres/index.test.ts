import { expect, test } from 'vitest'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import postgres from './index.ts'

test('is known by its schemes, its clients and its protocol', () => {
  expect(postgres.schemes).toEqual(expect.arrayContaining(['postgres', 'postgresql']))
  expect(postgres.clients.javascript).toHaveProperty('pg')
  expect(postgres.clients.python).toHaveProperty('psycopg2-binary')
  expect(postgres.protocol?.id).toBe('postgres')
})

test('whole: probe, start, template, seal, copy, wire, stop', async () => {
  expect(await postgres.probe()).toMatchObject({ available: true })
  const supervisor = await openSupervisor()
  const server = await postgres.start({
    supervisor,
    url: null,
    appDir: supervisor.scratchDir,
    durable: false,
    signal: new AbortController().signal,
  })
  await (await server.template()).query('CREATE TABLE seats (id int)')
  await server.seal()
  const { endpoint } = await server.copy()
  const read = { name: 'DATABASE_URL', default: null, example: null, place: null }
  const { env, by, gap } = postgres.wire(endpoint, [read])
  expect(env.DATABASE_URL).toContain(`:${endpoint?.port}/${endpoint?.database}`)
  expect({ by, gap }).toEqual({ by: ['DATABASE_URL'], gap: null })
  await server.stop()
  await supervisor.close()
})

test('without an address there is nothing to set', () => {
  expect(postgres.wire(null, [])).toEqual({ env: {}, by: [], gap: null })
})
