import { describe, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { testDoor } from '../../../../../test/support/test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { byteLength } from '../../base/text/fit.ts'
import { patternLibrary } from '../pattern-library.ts'
import docs from './index.ts'
import { FRAMEWORKS } from './stack.ts'

const call = (input: object, door = testDoor()) => callTool(docs, input, '.', { door })

test('a query is answered with patterns and the next call', async () => {
  const { text, links } = await call({ query: 'exactly once for a repeated request' })
  expect(text).toMatch(/^idempotency-key · A client that heard no answer/)
  expect(text).toMatch(/\nOne in full, with code: docs \{"id":"idempotency-key"\}$/)
  expect(links?.[0]).toEqual({ uri: 'plimsoll://patterns/idempotency-key', title: 'Idempotency key' })
})

test('without a question it lists what there is', async () => {
  expect((await call({})).text.split('\n')).toHaveLength(patternLibrary().length)
})

test('nothing found, and an id that is none', async () => {
  expect(await call({ query: 'center a div' })).toMatchObject({
    failed: true,
    text: expect.stringMatching(/^No pattern answers "center a div"\. There are: .*outbox/),
  })
  expect(await call({ id: 'outbax' })).toEqual({
    failed: true,
    text: 'No pattern is called "outbax". Did you mean "outbox"?',
  })
  expect(() => docs.input.parse({ id: 'outbox', framework: 'rails' })).toThrow()
})

test('code is that of the repository', async () => {
  const { text } = await call({ id: 'circuit-breaker', part: 'code' })
  expect(text).toContain('### fastify\n')
  expect(text).not.toMatch(/^### (express|koa|nestjs|flask)$/m)
  expect(text).toContain(
    '(Code also for express, koa, nestjs, flask: docs {"id":"circuit-breaker","framework":"express"})',
  )
})

test('a framework that is named comes before what was found, with the client that was', async () => {
  const { text } = await call({ id: 'outbox', part: 'code', framework: 'koa' })
  expect(text).toMatch(/^### pg$/m)
  expect(text).not.toMatch(/^### (knex|prisma|python)$/m)
  const { system } = sampleRun()
  const services = system.services.map((service) => ({
    ...service,
    stores: service.stores.map((store) => ({ ...store, client: 'knex' })),
  }))
  const door = testDoor({ survey: async () => ({ ...system, services }) })
  expect((await call({ id: 'outbox', part: 'code' }, door)).text).toMatch(/^### knex$/m)
})

test('where no framework is known it says so', async () => {
  const { text } = await callTool(docs, { id: 'circuit-breaker' }, '.')
  expect(text).toContain('(No framework is known here: name one. Code also for node, express,')
  expect(text).not.toContain('```')
})

describe.each(patternLibrary().map(({ id }) => id))('%s', (id) => {
  test.each(FRAMEWORKS)('has room for %s', async (framework) => {
    const whole = await call({ id, framework })
    const code = await call({ id, framework, part: 'code' })
    expect(byteLength(whole.text)).toBeLessThanOrEqual(4_000)
    expect(byteLength(code.text)).toBeLessThanOrEqual(4_000)
    expect(code.text).toContain('```')
    for (const { text } of [whole, code]) expect(text).not.toMatch(/more lines: /)
    expect(whole.text.includes('```') || whole.text.includes(`docs {"id":"${id}","part":"code"`)).toBe(true)
  })
})
