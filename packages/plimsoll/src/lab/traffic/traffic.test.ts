import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { createHttp } from '../../instruments/http/create-http.ts'
import type { Exit } from '../../instruments/process/process.ts'
import { startPulse } from './pulse.ts'
import { awaitRecovery } from './recover.ts'

let server: Server | null = null
afterEach(() => {
  server?.close()
  server?.closeAllConnections()
  server = null
})

const serve = async (listener: RequestListener) => {
  const listening = createServer(listener)
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as AddressInfo
  const nowMs = () => performance.now()
  return { http: createHttp({ baseUrl: `http://127.0.0.1:${port}`, nowMs }), nowMs }
}

const signal = new AbortController().signal
const get = (path: string) => ({ method: 'GET', path })

test('a pulse goes on whether or not it is answered, and stops when all have ended', async () => {
  const held: (() => void)[] = []
  const lab = await serve((_request, response) => held.push(() => response.end('ok')))
  const pulse = startPulse(lab, [get('/a'), get('/b')], { everyMs: 5, timeoutMs: 20_000, signal })
  while (held.length < 4) await wait(5)
  expect(pulse.answered).toEqual([])
  expect(pulse.waiting()).toBeGreaterThanOrEqual(4)
  const stopped = pulse.stop()
  const release = setInterval(() => {
    for (const go of held.splice(0)) go()
  }, 5)
  const exchanges = await stopped
  clearInterval(release)
  expect(pulse.waiting()).toBe(0)
  expect(exchanges.slice(0, 4).map(({ path }) => path)).toEqual(['/a', '/b', '/a', '/b'])
  expect(exchanges.map(({ atMs }) => atMs)).toEqual(exchanges.map(({ atMs }) => atMs).sort((a, b) => a - b))
})

test('an aborted pulse sends no more and ends', async () => {
  const stop = new AbortController()
  const lab = await serve(() => undefined)
  const pulse = startPulse(lab, [get('/a')], { everyMs: 5, timeoutMs: 20_000, signal: stop.signal })
  stop.abort()
  const exchanges = await pulse.stop()
  expect(exchanges.every(({ error }) => error === 'aborted')).toBe(true)
})

const target = (exit: Exit | null = null) => ({ exit: () => exit })
const sleep = () => wait(1)

test('recovery is the first good answer', async () => {
  const answers = [500, 503, 200]
  const lab = await serve((_request, response) => response.writeHead(answers.shift() ?? 200).end())
  const { recoveredMs, exchanges } = await awaitRecovery({ ...lab, sleep, target: target() }, get('/'), {
    withinMs: 20_000,
    signal,
  })
  expect(recoveredMs).toBeGreaterThan(0)
  expect(exchanges.map(({ status }) => status)).toEqual([500, 503, 200])
})

test('there is none when the process is gone, the time is up, or we are told to stop', async () => {
  const lab = await serve((_request, response) => response.writeHead(500).end())
  const gone = { code: 1, signal: null, atMs: 0 }
  const dead = await awaitRecovery({ ...lab, sleep, target: target(gone) }, get('/'), {
    withinMs: 20_000,
    signal,
  })
  expect([dead.recoveredMs, dead.exchanges.length]).toEqual([null, 1])
  const late = await awaitRecovery({ ...lab, sleep, target: target() }, get('/'), { withinMs: 50, signal })
  expect(late.recoveredMs).toBeNull()
  const told = await awaitRecovery({ ...lab, sleep, target: target() }, get('/'), {
    withinMs: 20_000,
    signal: AbortSignal.abort(),
  })
  expect(told).toEqual({ recoveredMs: null, exchanges: [] })
})

test('a request that takes its time by design is waited for longer each time', async () => {
  const lab = await serve((_request, response) => void setTimeout(() => response.end('ok'), 2_500))
  const { recoveredMs, exchanges } = await awaitRecovery({ ...lab, sleep, target: target() }, get('/'), {
    withinMs: 30_000,
    signal,
  })
  expect(recoveredMs).not.toBeNull()
  expect(exchanges.at(-1)?.status).toBe(200)
})
