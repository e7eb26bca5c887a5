import type { Socket } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { createRandom } from '../../base/random/random.ts'
import { histogramOf } from '../../base/stats/histogram.ts'
import { createLoadGenerator } from './create-load-generator.ts'
import type { LoadPlan } from './load.ts'
import { planFor, serveRaw } from './test-target.ts'

const generator = createLoadGenerator({ nowMs: () => performance.now(), threads: 2 })
afterAll(() => generator.close())

const OK = 'HTTP/1.1 200 OK\r\n'

const later = (socket: Socket, text: string, ms: number) =>
  setTimeout(() => socket.destroyed || socket.write(text), ms)

/** Everything a target may do wrong, and right. */
const MOODS: readonly ((socket: Socket) => unknown)[] = [
  (socket) => socket.resetAndDestroy(),
  (socket) => socket.end(),
  () => {},
  (socket) => socket.write('garbage\r\n'),
  (socket) => socket.end(`${OK}content-length: 10\r\n\r\nabc`),
  (socket) => socket.end(`${OK}\r\nuntil the end`),
  (socket) => later(socket, 'HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n', 60),
  (socket) => {
    socket.write(`${OK}transfer-encoding: chunked\r\n\r\n3\r\nab`)
    later(socket, 'c\r\n0\r\n\r\n', 2)
  },
  (socket) => {
    socket.write(`${OK}content-length: 2\r\n\r\nok`)
    setTimeout(() => socket.end(), 3)
  },
]

const PLANS: readonly [string, Partial<LoadPlan>][] = [
  ['constant', {}],
  ['Poisson', { arrivals: { kind: 'poisson', ratePerSecond: 200 } }],
  ['waiting for answers', { arrivals: { kind: 'closed', connections: 5 } }],
  ['churn', { churn: true }],
  ['too few connections', { connections: 2, timeoutMs: 50 }],
  ['a short queue', { connections: 2, queue: 3 }],
]

test.each(PLANS)('each request ends once, whatever the target does: %s', async (_, changes) => {
  const random = createRandom(3)
  const target = await serveRaw((socket) => {
    const mood = random.next() < 0.3 ? random.pick(MOODS) : undefined
    if (mood === undefined) socket.write(`${OK}content-length: 2\r\n\r\nok`)
    else mood(socket)
  })
  const plan = planFor(target, {
    operations: [
      { name: 'a', weight: 3, requests: [{ method: 'GET', path: '/', headers: {} }] },
      { name: 'b', weight: 1, requests: [{ method: 'POST', path: '/{{word}}', headers: {}, body: '{}' }] },
    ],
    arrivals: { kind: 'constant', ratePerSecond: 200 },
    timeoutMs: 150,
    ...changes,
  })
  const { operations, ticks, refused } = await generator.run(plan).done
  await target.kill()
  for (const { meant, answered, statuses, errors, latency } of operations) {
    const count = (of: Record<string, number>) => Object.values(of).reduce((sum, n) => sum + n, 0)
    expect(answered + count(errors)).toBe(meant)
    expect([count(statuses), histogramOf(latency).count]).toEqual([answered, answered])
  }
  const meant = operations.reduce((sum, operation) => sum + operation.meant, 0)
  expect(ticks.reduce((sum, tick) => sum + tick.meant, 0)).toBe(meant)
  if (plan.arrivals.kind !== 'closed' && !/queue/.test(refused ?? ''))
    expect(Math.abs(meant - 100)).toBeLessThan(50)
})
