import { describe, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { testDoor } from '../../../../../test/support/test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { byteLength } from '../../base/text/fit.ts'
import survey from './index.ts'
import { tellSystem } from './tell-system.ts'

const { system } = sampleRun()

test('a System in short', () => {
  expect(tellSystem(system, { mostBytes: 4_000 })).toMatchInlineSnapshot(`
    "booking: Fastify 5.6.1, TypeScript
      stores: postgres through pg (src/db.ts:4)
      migrations: 3 files of node-pg-migrate in migrations, plain files in order of name
      start: node dist/server.js
      build: npm run build
      9 routes
      GET / · guard no · src/routes/bookings.ts:8
      GET /bookings · guard yes · src/routes/bookings.ts:14
      POST /bookings · guard yes · validator yes · src/routes/bookings.ts:29
      DELETE /bookings/:id · guard yes · src/routes/bookings.ts:61
      GET /health · guard no · src/routes/bookings.ts:12
      POST /login · guard no · validator yes · src/routes/bookings.ts:20
      GET /rooms · guard no · src/routes/rooms.ts:9
      POST /rooms · guard yes · validator yes · src/routes/rooms.ts:31
      GET /rooms/:id · guard no · src/routes/rooms.ts:22
      infra: compose compose.yaml"
  `)
})

test('only routes with a word in them', () => {
  expect(tellSystem(system, { match: 'BOOKINGS/:', mostBytes: 4_000 })).toContain(
    '  1 route with "bookings/:"\n  DELETE /bookings/:id · guard yes',
  )
})

describe('never over its limit', () => {
  const [service] = system.services
  const routes = Array.from({ length: 400 }, (_, at) => ({
    ...service?.routes[0],
    path: `/deep/path/number/${at}`,
  }))
  const env = Array.from({ length: 300 }, (_, at) => ({
    ...service?.env[0],
    name: `VARIABLE_${at}`,
    place: { file: 'a.ts', line: 1 },
  }))
  test.each([1, 2, 12, 60])('%i services of 400 routes', (count) => {
    const services = Array.from({ length: count }, (_, at) => ({
      ...service,
      name: `service-${at}`,
      routes,
      env,
    }))
    const text = tellSystem({ ...system, services } as typeof system, { mostBytes: 4_000 })
    expect(byteLength(text)).toBeLessThanOrEqual(4_000)
    expect(text).toMatch(/\(\d+ more/)
  })
})

test('a service that is none, and a folder without one', async () => {
  const call = (input: object, door = testDoor()) => callTool(survey, input, '.', { door })
  expect((await call({})).text).toContain('booking: Fastify 5.6.1')
  expect(await call({ service: 'x' })).toMatchObject({
    failed: true,
    text: 'No service is called "x". There is: booking.',
  })
  const empty = testDoor({ survey: async () => ({ ...system, services: [] }) })
  expect(await call({}, empty)).toMatchObject({ failed: true })
  expect(await callTool(survey, {}, '.')).toMatchObject({ failed: true })
})
