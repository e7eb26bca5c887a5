import type { Socket } from 'node:net'
import { afterAll, afterEach, expect, test } from 'vitest'
import { createLoadGenerator } from '../create-load-generator.ts'
import type { LoadPlan } from '../load.ts'
import { planFor, serve, serveRaw, type Target } from '../test-target.ts'

const generator = createLoadGenerator({ nowMs: () => performance.now() })
const targets: Target[] = []

afterEach(async () => {
  for (const target of targets.splice(0)) await target.kill()
})
afterAll(() => generator.close())

const open = async (opening: Promise<Target>) => {
  const target = await opening
  targets.push(target)
  return target
}

const run = async (target: Pick<Target, 'host' | 'port'>, changes: Partial<LoadPlan> = {}) => {
  const result = await generator.run(planFor(target, { durationMs: 200, ...changes })).done
  const [operation] = result.operations
  return { ...result, statuses: operation?.statuses, errors: operation?.errors }
}

const OK = 'HTTP/1.1 200 OK\r\n'

/** [name, answer, whether the connection can be used again] */
const FRAMINGS = [
  ['sized', `${OK}content-length: 5\r\n\r\nhello`, true],
  ['chunked with trailers', `${OK}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx: y\r\n\r\n`, true],
  ['after a 100', `HTTP/1.1 100 Continue\r\n\r\n${OK}content-length: 0\r\n\r\n`, true],
  ['asking to close', `${OK}connection: close\r\ncontent-length: 5\r\n\r\nhello`, false],
  ['followed by what nobody asked for', `${OK}content-length: 2\r\n\r\nokay`, false],
] as const

const trickle = (socket: Socket, text: string) => {
  if (text === '' || socket.destroyed) return
  socket.write(text.slice(0, 1))
  setImmediate(trickle, socket, text.slice(1))
}

test.each(FRAMINGS)('an answer %s', async (_, text, isReused) => {
  const whole = await open(serveRaw((socket) => socket.write(text)))
  const result = await run(whole)
  expect([result.statuses, result.errors]).toEqual([{ 200: 20 }, {}])
  if (isReused) expect(whole.accepted()).toBeLessThan(20)
  else expect(whole.accepted()).toBe(20)
})

test.each(FRAMINGS.slice(0, 4))('an answer %s, byte by byte', async (_, text) => {
  const target = await open(serveRaw((socket) => trickle(socket, text)))
  const result = await run(target)
  expect([result.statuses, result.errors]).toEqual([{ 200: 20 }, {}])
})

test('an answer that ends with the connection', async () => {
  const target = await open(serveRaw((socket) => socket.end(`${OK}\r\nsome body`)))
  const result = await run(target)
  expect([result.statuses, result.errors, target.accepted()]).toEqual([{ 200: 20 }, {}, 20])
})

test('HEAD has no body, whatever its head says', async () => {
  const target = await open(serve((_, response) => response.setHeader('content-length', 500).end()))
  const head = { method: 'HEAD', path: '/', headers: {} }
  const result = await run(target, { operations: [{ name: 'HEAD /', weight: 1, requests: [head] }] })
  expect([result.statuses, result.errors]).toEqual([{ 200: 20 }, {}])
})

test.each([
  ['what is not HTTP', 'EPROTO', (socket: Socket) => socket.write('+OK ready\r\n')],
  ['a reset', 'ECONNRESET', (socket: Socket) => socket.resetAndDestroy()],
  ['an end without an answer', 'ECONNRESET', (socket: Socket) => socket.end()],
  [
    'an end within the answer',
    'ECONNRESET',
    (socket: Socket) => socket.end(`${OK}content-length: 9\r\n\r\nhalf`),
  ],
])('%s is %s', async (_, code, answer) => {
  const target = await open(serveRaw((socket) => answer(socket)))
  const result = await run(target)
  expect([result.statuses, result.errors]).toEqual([{}, { [code]: 20 }])
  expect(result.ticks.reduce((total, { failed }) => total + failed, 0)).toBe(20)
})

test('a refused connection is an error of each request', async () => {
  const target = await serve(() => {})
  await target.kill()
  const result = await run(target)
  expect([result.statuses, result.errors]).toEqual([{}, { ECONNREFUSED: 20 }])
})

test('a connection closed while idle is no error: the request is sent on a new one', async () => {
  const target = await open(
    serveRaw((socket) => {
      socket.write(`${OK}content-length: 2\r\n\r\nok`, () => setTimeout(() => socket.end(), 5))
    }),
  )
  const result = await run(target)
  expect([result.statuses, result.errors]).toEqual([{ 200: 20 }, {}])
})

test('a connection that a request meets closed is replaced once', async () => {
  const answered = new WeakSet<Socket>()
  const target = await open(
    serveRaw((socket) => {
      if (answered.has(socket)) return socket.resetAndDestroy()
      answered.add(socket)
      return socket.write(`${OK}content-length: 2\r\n\r\nok`)
    }),
  )
  const result = await run(target, { connections: 1 })
  expect([result.statuses, result.errors]).toEqual([{ 200: 20 }, {}])
})

test('a target killed in the middle leaves errors, and nothing open', async () => {
  let seen = 0
  const target = await serve((_, response) => {
    response.end()
    seen += 1
    if (seen === 20) response.on('close', () => void target.kill())
  })
  const result = await generator.run(planFor(target, { durationMs: 600 })).done
  const [operation] = result.operations
  expect(operation?.meant).toBe(60)
  expect(operation?.statuses[200]).toBeGreaterThanOrEqual(10)
  expect(operation?.errors.ECONNREFUSED).toBeGreaterThanOrEqual(10)
})
