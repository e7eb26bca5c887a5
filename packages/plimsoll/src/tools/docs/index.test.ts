import { describe, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { testDoor } from '../../../../../test/support/test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { byteLength } from '../../base/text/fit.ts'
import { patternLibrary } from '../pattern-library.ts'
import docs from './index.ts'
import { FRAMEWORKS, stackOf } from './stack.ts'
import { tellCode, tellPattern } from './tell-pattern.ts'

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

describe.each(['pg', 'knex', 'prisma'])('with %s', (client) => {
  test.each(FRAMEWORKS)('every pattern has room for the code of %s, or says where it is', (framework) => {
    const stack = stackOf([framework], [client])
    for (const pattern of patternLibrary()) {
      const whole = tellPattern(pattern, stack)
      const code = tellCode(pattern, stack)
      for (const text of [whole, code]) {
        expect(byteLength(text)).toBeLessThanOrEqual(4_000)
        expect(text).not.toContain('more lines: ')
      }
      expect(code).toContain('```')
      const call = `docs {"id":"${pattern.id}","part":"code"}`
      expect(whole.includes(call)).toBe(!whole.includes('```'))
    }
  })
})

test('a text that is too long is cut, and says where the rest is', () => {
  const [pattern] = patternLibrary()
  if (pattern === undefined) throw new Error('the library is empty')
  const long = Array.from({ length: 800 }, (_, at) => `line ${at}`).join('\n')
  const text = tellPattern({ ...pattern, sections: [{ heading: 'When', names: [], text: long }] }, [])
  expect(byteLength(text)).toBeLessThanOrEqual(4_000)
  expect(text).toMatch(/\(\d+ more lines: its code \(.*\): docs \{"id":".*","part":"code"\}\)$/)
})
