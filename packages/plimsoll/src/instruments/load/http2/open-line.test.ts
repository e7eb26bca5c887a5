import { createServer } from 'node:http2'
import { afterAll, expect, test } from 'vitest'
import { createLoadGenerator } from '../create-load-generator.ts'
import type { LoadPlan } from '../load.ts'
import { planFor, serveRaw, watchTarget } from '../test-target.ts'

const generator = createLoadGenerator({ nowMs: () => performance.now() })
afterAll(() => generator.close())

const run = async (server: ReturnType<typeof createServer>, changes: Partial<LoadPlan> = {}) => {
  const target = await watchTarget(server)
  const result = await generator.run(planFor(target, { protocol: 'h2c', ...changes })).done
  const accepted = target.accepted()
  await target.kill()
  return { ...result, accepted, operation: result.operations[0] }
}

test('HTTP/2 carries many requests on one connection', async () => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${request.headers['x-user']} ${body}`)
      response.writeHead(201)
      response.end('made')
    })
  })
  const post = { method: 'POST', path: '/things', headers: { 'X-User': 'ada' }, body: '{"n":"{{number}}"}' }
  const { operation, accepted } = await run(server, {
    operations: [{ name: 'POST /things', weight: 1, requests: [post] }],
  })
  expect(operation).toMatchObject({ meant: 50, answered: 50, statuses: { 201: 50 }, errors: {} })
  expect(accepted).toBe(1)
  expect(seen).toHaveLength(50)
  for (const line of seen) expect(line).toMatch(/^POST \/things ada \{"n":\d+\}$/)
})

test('what the peer takes at once is kept to; the rest waits or opens another', async () => {
  let atOnce = 0
  let most = 0
  const server = createServer({ settings: { maxConcurrentStreams: 3 } }, (_, response) => {
    atOnce += 1
    most = Math.max(most, atOnce)
    setTimeout(() => {
      atOnce -= 1
      response.end()
    }, 60)
  })
  const { operation, accepted } = await run(server, { connections: 2 })
  expect(operation).toMatchObject({ meant: 50, answered: 50, errors: {} })
  expect(accepted).toBeLessThanOrEqual(2)
  expect(most).toBeLessThanOrEqual(6)
})

test('each on a session of its own', async () => {
  const server = createServer((_, response) => response.end())
  const { operation, accepted, connectionsOpened } = await run(server, { churn: true, durationMs: 200 })
  expect(operation).toMatchObject({ answered: 20, errors: {} })
  expect([accepted, connectionsOpened]).toEqual([20, 20])
})

test('a stream that is broken off, and one that never ends', async () => {
  const broken = createServer((_, response) => response.stream.close(2))
  expect((await run(broken, { durationMs: 200 })).operation).toMatchObject({
    meant: 20,
    answered: 0,
    errors: { EPROTO: 20 },
  })
  const silent = createServer(() => {})
  expect((await run(silent, { durationMs: 200, timeoutMs: 100 })).operation?.errors).toEqual({ timeout: 20 })
})

test('a target that speaks HTTP/1 only', async () => {
  const target = await serveRaw((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  const { operations } = await generator.run(planFor(target, { protocol: 'h2c', durationMs: 200 })).done
  await target.kill()
  expect(operations[0]).toMatchObject({ meant: 20, answered: 0 })
})
