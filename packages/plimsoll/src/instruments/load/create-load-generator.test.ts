import { afterAll, afterEach, expect, test } from 'vitest'
import { histogramOf } from '../../base/stats/histogram.ts'
import { createLoadGenerator } from './create-load-generator.ts'
import type { LoadPlan, LoadResult, LoadTick } from './load.ts'
import { planFor, serve, serveRaw, type Target } from './test-target.ts'

const nowMs = () => performance.now()
const generator = createLoadGenerator({ nowMs })
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
const hello = () => open(serve((_, response) => response.end('hello')))
const run = (target: Target, changes?: Partial<LoadPlan>) => generator.run(planFor(target, changes)).done
const only = ({ operations }: LoadResult) => {
  const [operation] = operations
  if (operation === undefined) throw new Error('no operation')
  return operation
}
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0)

/** Whatever happened: each request ended once, and every count agrees. */
const expectNothingDropped = ({ operations, ticks }: LoadResult) => {
  for (const { meant, answered, statuses, errors, slow, latency, service } of operations) {
    expect(answered + sum(errors)).toBe(meant)
    expect(sum(statuses)).toBe(answered)
    expect(histogramOf(latency).count).toBe(answered)
    expect(histogramOf(service).count).toBe(answered)
    expect(slow).toBeGreaterThanOrEqual(sum(errors))
  }
  const all = (of: 'meant' | 'slow') => operations.reduce((total, operation) => total + operation[of], 0)
  expect(ticks.reduce((total, tick) => total + tick.meant, 0)).toBe(all('meant'))
  expect(ticks.reduce((total, tick) => total + tick.slow, 0)).toBe(all('slow'))
}

test('a constant rate sends what was decided, and counts all of it', async () => {
  const target = await hello()
  const told: LoadTick[] = []
  const before = nowMs()
  const result = await generator.run(planFor(target), { onTick: (tick) => told.push(tick) }).done
  expectNothingDropped(result)
  expect(only(result)).toMatchObject({
    name: 'GET /',
    meant: 50,
    answered: 50,
    statuses: { 200: 50 },
    slow: 0,
  })
  expect(only(result).bytes).toBeGreaterThan(50 * 'hello'.length)
  expect(result.ticks.map(({ atMs, meant, good, failed }) => [atMs, meant, good, failed])).toEqual(
    [0, 100, 200, 300, 400].map((atMs) => [atMs, 10, 10, 0]),
  )
  expect(told.map(({ atMs }) => atMs)).toEqual([0, 100, 200, 300, 400])
  expect(result).toMatchObject({ sendingMs: 500, connectionsOpened: target.accepted() })
  expect(histogramOf(result.lateness).count).toBe(50)
  expect(result.startedAtMs).toBeGreaterThan(before)
  expect(result.cpuMs === null || result.cpuMs > 0).toBe(true)
})

test('waiting for the next moment keeps no processor busy', async () => {
  const arrivals = { kind: 'constant', ratePerSecond: 20 } as const
  const { cpuMs, sendingMs } = await run(await hello(), { arrivals, durationMs: 600 })
  expect(cpuMs ?? 0).toBeLessThan(sendingMs / 2)
})

test('Poisson arrivals are the same for a seed', async () => {
  const target = await hello()
  const poisson = (seed: number) =>
    run(target, { arrivals: { kind: 'poisson', ratePerSecond: 200 }, durationMs: 300, seed })
  const [one, same, other] = [await poisson(1), await poisson(1), await poisson(2)]
  for (const result of [one, same, other]) expectNothingDropped(result)
  const meant = ({ ticks }: LoadResult) => ticks.map((tick) => tick.meant)
  expect(meant(one)).toEqual(meant(same))
  expect(meant(one)).not.toEqual(meant(other))
})

test('operations share the arrivals by weight, and send their requests in turn', async () => {
  const seen: string[] = []
  const target = await open(
    serve((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim())
      response.end()
    }),
  )
  const get = (path: string, user: string) => ({ method: 'GET', path, headers: { authorization: user } })
  const result = await run(target, {
    operations: [
      { name: 'list', weight: 8, requests: [get('/', 'a'), get('/', 'b')] },
      { name: 'add', weight: 2, requests: [{ method: 'DELETE', path: '/x?y=1', headers: {} }] },
    ],
    arrivals: { kind: 'constant', ratePerSecond: 200 },
  })
  expectNothingDropped(result)
  const [list, add] = result.operations.map(({ meant }) => meant)
  expect(Math.abs((list ?? 0) - 80)).toBeLessThanOrEqual(2)
  expect((list ?? 0) + (add ?? 0)).toBe(100)
  const count = (text: string) => seen.filter((each) => each === text).length
  expect(Math.abs(count('GET / a') - count('GET / b'))).toBeLessThanOrEqual(1)
  expect(count('DELETE /x?y=1')).toBe(add)
})

test('placeholders are filled anew for each request, and the body is as long as it says', async () => {
  const seen: { url: string; key: string; body: string }[] = []
  const target = await open(
    serve((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        seen.push({ url: request.url ?? '', key: String(request.headers['x-key']), body })
        response.writeHead(201).end()
      })
    }),
  )
  const post = {
    method: 'POST',
    path: '/books/{{digits}}',
    headers: { 'Content-Type': 'application/json', 'x-key': '{{uuid}}' },
    body: '{"title":"Füße {{word}}","year":"{{number}}"}',
  }
  const result = await run(target, {
    operations: [{ name: 'POST /books', weight: 1, requests: [post] }],
    durationMs: 200,
  })
  expectNothingDropped(result)
  expect(only(result).statuses).toEqual({ 201: 20 })
  expect(new Set(seen.map(({ url }) => url)).size).toBe(20)
  expect(new Set(seen.map(({ key }) => key)).size).toBe(20)
  for (const { url, body } of seen) {
    expect(url).toMatch(/^\/books\/\d{9}$/)
    expect(JSON.parse(body)).toEqual({
      title: expect.stringMatching(/^Füße \w{10}$/),
      year: expect.any(Number),
    })
  }
})

test('latency counts from when a request was meant to leave: one stall is seen by all it delayed', async () => {
  const STALL_MS = 600
  const RATE = 100
  let stalledUntil = Number.POSITIVE_INFINITY
  let seen = 0
  const target = await open(
    serve((_, response) => {
      seen += 1
      if (seen === 30) stalledUntil = nowMs() + STALL_MS
      const wait = seen < 30 ? 0 : Math.max(0, stalledUntil - nowMs())
      setTimeout(() => response.end(), wait)
    }),
  )
  // One connection: a client that waited for the answer would have sent, and counted, a single slow request.
  const result = await run(target, {
    arrivals: { kind: 'constant', ratePerSecond: RATE },
    durationMs: 1500,
    connections: 1,
    slowMs: STALL_MS / 2,
  })
  expectNothingDropped(result)
  const latency = histogramOf(only(result).latency)
  const service = histogramOf(only(result).service)
  const delayed = (RATE * STALL_MS) / 1000
  expect(latency.countAtLeast(STALL_MS * 500)).toBeGreaterThanOrEqual(delayed / 3)
  expect(latency.countAtLeast(STALL_MS * 250)).toBeGreaterThanOrEqual(latency.countAtLeast(STALL_MS * 750))
  expect(only(result).slow).toBeGreaterThanOrEqual(delayed / 3)
  expect(service.countAtLeast(STALL_MS * 500)).toBeLessThan(delayed / 3)
  expect(Math.max(...result.ticks.map(({ open }) => open))).toBeGreaterThanOrEqual(delayed / 2)
})

test('where the next waits for the answer, there are as many connections and requests as it takes', async () => {
  const target = await hello()
  const result = await run(target, {
    arrivals: { kind: 'closed', connections: 4 },
    durationMs: 300,
    queue: 1,
  })
  expectNothingDropped(result)
  expect(only(result).answered).toBeGreaterThan(4)
  expect(result).toMatchObject({ connectionsOpened: 4, refused: null })
  expect(histogramOf(result.lateness).count).toBe(0)
  expect(target.accepted()).toBe(4)
})

test('churn opens a connection for each request', async () => {
  const target = await hello()
  const result = await run(target, { churn: true })
  expectNothingDropped(result)
  expect(only(result).statuses).toEqual({ 200: 50 })
  expect([result.connectionsOpened, target.accepted()]).toEqual([50, 50])
})

test('a full queue ends the run with the reason', async () => {
  const target = await open(serveRaw(() => {}))
  const result = await run(target, { connections: 2, queue: 10 })
  expectNothingDropped(result)
  expect(result.refused).toBe('the queue was full: 11 requests waited for one of 2 connections')
  expect(only(result)).toMatchObject({ meant: 13, answered: 0, errors: { 'given up': 13 }, slow: 13 })
  expect(result.ticks.every(({ failed }) => failed === 0)).toBe(true)
})

test('no answer in time is an error, for what waited too', async () => {
  const target = await open(serveRaw(() => {}))
  const result = await run(target, { connections: 2, timeoutMs: 100, durationMs: 200 })
  expectNothingDropped(result)
  expect(only(result)).toMatchObject({ meant: 20, answered: 0, errors: { timeout: 20 }, slow: 20 })
  expect(result.ticks.reduce((total, { failed }) => total + failed, 0)).toBe(20)
})

test('a stopped run ends at once, or waits for the answers of what was sent', async () => {
  const stopped = async (graceMs: number | undefined) => {
    const held: (() => void)[] = []
    let isReleased = false
    const target = await open(
      serve((_, response) => {
        if (isReleased) response.end()
        else held.push(() => response.end())
      }),
    )
    const sending = generator.run(planFor(target, { durationMs: 60_000 }), {
      onTick: ({ atMs }) => {
        if (atMs !== 300) return
        sending.stop(graceMs)
        if (graceMs === undefined) return
        isReleased = true
        for (const release of held) release()
      },
    })
    return sending.done
  }
  const [patient, abrupt] = await Promise.all([stopped(30_000), stopped(undefined)])
  for (const result of [patient, abrupt]) {
    expectNothingDropped(result)
    expect(only(result).meant).toBeGreaterThanOrEqual(40)
    expect(result.sendingMs).toBeLessThan(60_000)
    expect(only(result).answered + (only(result).errors['given up'] ?? 0)).toBe(only(result).meant)
  }
  expect(only(patient).answered).toBeGreaterThan(0)
  expect(only(abrupt).answered).toBe(0)
})

test('a run stopped before it began ends empty', async () => {
  const target = await hello()
  const sending = generator.run(planFor(target, { durationMs: 60_000 }))
  sending.stop()
  sending.stop(5)
  const result = await sending.done
  expectNothingDropped(result)
  expect(only(result).meant).toBeLessThan(50)
})

test('two runs at once do not mix', async () => {
  const [one, two] = [await hello(), await open(serve((_, response) => response.writeHead(404).end()))]
  const [first, second] = await Promise.all([run(one), run(two, { durationMs: 300 })])
  expect(only(first).statuses).toEqual({ 200: 50 })
  expect(only(second).statuses).toEqual({ 404: 30 })
  expect(second.ticks.map(({ good, failed }) => [good, failed])).toEqual([0, 1, 2].map(() => [0, 0]))
})

test('several threads share a run without changing what is sent', async () => {
  const target = await hello()
  const crew = createLoadGenerator({ nowMs, threads: 3 })
  const told: LoadTick[] = []
  const plan = planFor(target, { arrivals: { kind: 'poisson', ratePerSecond: 300 }, connections: 6 })
  const shared = await crew.run(plan, { onTick: (tick) => told.push(tick) }).done
  const alone = await generator.run(plan).done
  expectNothingDropped(shared)
  expect(shared.ticks.map(({ meant }) => meant)).toEqual(alone.ticks.map(({ meant }) => meant))
  expect(told.map(({ meant }) => meant)).toEqual(shared.ticks.map(({ meant }) => meant))
  expect(shared.connectionsOpened).toBeLessThanOrEqual(6)
  await crew.close()
})

test('a closed generator ends its runs, and refuses more', async () => {
  const target = await hello()
  const brief = createLoadGenerator({ nowMs })
  const cut = brief.run(planFor(target, { durationMs: 60_000 }))
  await brief.close()
  await brief.close()
  expect((await cut.done).refused).toBe('the generator stopped: it was closed')
  expect((await brief.run(planFor(target)).done).refused).toBe('the generator stopped: it was closed')
})

test.each([
  [{ target: { host: 'example.com', port: 80 } }, 'example.com is not on this machine'],
  [{ operations: [] }, 'it has no operation'],
  [{ arrivals: { kind: 'poisson', ratePerSecond: 0 } }, 'its rate is not above 0'],
  [
    { operations: [{ name: 'x', weight: 1, requests: [{ method: 'GET', path: '/a b', headers: {} }] }] },
    'x: the path "/a b" holds blanks',
  ],
  [
    {
      operations: [
        { name: 'x', weight: 1, requests: [{ method: 'GET', path: '/', headers: { a: 'b\r\nc' } }] },
      ],
    },
    'x: Invalid character',
  ],
] as const)('a plan that cannot be sent is a fault: %#', (changes, message) => {
  expect(() => generator.run(planFor({ host: '127.0.0.1', port: 1 }, changes))).toThrow(message)
})
