import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { StatementRecord } from '../../model/evidence.ts'
import { openWire } from './open-wire.ts'
import { createStatementLog } from './statement-log.ts'
import type { Wire } from './wire.ts'

let store: Server
let wire: Wire
let port = 0
const nowMs = () => performance.now()

/** 8 MB in which no two places look the same. */
const MUCH = Buffer.from(Uint32Array.from({ length: 2 * 1024 * 1024 }, (_, n) => n).buffer)

/** Sends back what it gets; `bye` makes it close, `much` makes it send 8 MB. */
const echo = (socket: Socket) => {
  socket.on('error', () => {})
  socket.on('data', (bytes) => {
    if (bytes.toString() === 'bye') socket.end()
    else socket.write(bytes.toString() === 'much' ? MUCH : bytes)
  })
}

const upstream = () => ({ host: '127.0.0.1', port })

beforeEach(async () => {
  store = createServer({ noDelay: true }, echo).listen(0, '127.0.0.1')
  await once(store, 'listening')
  const address = store.address()
  port = address && typeof address === 'object' ? address.port : 0
  wire = await openWire({ store: 'echo', upstream: upstream(), protocol: null, nowMs })
})
afterEach(async () => {
  await wire.close()
  store.close()
})

/** Connects and waits until the wire knows of it. */
const dial = async (at: { host: string; port: number } | { path: string } = wire): Promise<Socket> => {
  const socket = 'path' in at ? connect(at.path) : connect(at.port, at.host)
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}
/** Everything that comes from now on, once so many bytes are there. */
const collect = async (socket: Socket, bytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  const size = () => chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  while (size() < bytes) await wait(5)
  return Buffer.concat(chunks)
}
const ask = async (socket: Socket, text: string) => {
  socket.write(text)
  const [answer] = await once(socket, 'data')
  return String(answer)
}
const closing = (socket: Socket) =>
  new Promise<string>((resolve) => {
    socket.once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    socket.once('close', () => resolve('closed'))
    socket.resume()
  })
/** Connects and says how the connection ends, also when that happens before it is known to be open. */
const fate = (): Promise<string> => {
  const socket = connect(wire.port, wire.host)
  socket.on('connect', () => socket.write('hello?'))
  return closing(socket)
}
const redial = async (): Promise<Socket> => {
  for (;;) {
    const socket = await dial().catch(() => null)
    if (socket) return socket
    await wait(10)
  }
}

test('passes bytes, closes and large answers, and tells of its connections', async () => {
  const socket = await dial()
  expect(await ask(socket, 'hello')).toBe('hello')
  let bytes = 0
  socket.on('data', (chunk) => {
    bytes += chunk.length
  })
  socket.write('much')
  while (bytes < 8 * 1024 * 1024) await wait(5)
  const closed = closing(socket)
  socket.write('bye')
  expect(await closed).toBe('closed')
  while (wire.connections()[0]?.closedAtMs === null) await wait(5)
  expect(wire.connections()).toMatchObject([
    { id: 1, pending: 0, transaction: null, blind: expect.any(String) },
  ])
})

test('the app may end its side first and still be answered', async () => {
  const socket = await dial()
  const answer = once(socket, 'data')
  socket.end('last words')
  expect(String((await answer)[0])).toBe('last words')
})

test('a slow reader holds the store back, and gets every byte as it was', async () => {
  const socket = await dial()
  socket.pause()
  for (let n = 0; n < 4; n += 1) {
    socket.write('much')
    await wait(100)
  }
  const all = collect(socket, 4 * MUCH.length)
  socket.resume()
  expect((await all).equals(Buffer.concat([MUCH, MUCH, MUCH, MUCH]))).toBe(true)
  socket.destroy()
})

test('a slow store holds the app back, and gets every byte as it was', async () => {
  const socket = await dial()
  const all = collect(socket, MUCH.length)
  socket.write(MUCH)
  expect((await all).equals(MUCH)).toBe(true)
  socket.destroy()
})

test('bytes that a fault delays arrive as they were', async () => {
  const socket = await dial()
  wire.inject({ kind: 'latency', ms: 30, jitterMs: 30 })
  wire.inject({ kind: 'bandwidth', bytesPerSecond: 50_000_000 })
  const all = collect(socket, 2 * MUCH.length)
  socket.write('much')
  await wait(100)
  socket.write('much')
  expect((await all).equals(Buffer.concat([MUCH, MUCH]))).toBe(true)
  socket.destroy()
})

test('latency is added to every answer, with at most its jitter less, and order is kept', async () => {
  const socket = await dial()
  await ask(socket, 'warm')
  wire.inject({ kind: 'latency', ms: 100, jitterMs: 20 })
  for (let n = 0; n < 3; n += 1) {
    const startMs = nowMs()
    expect(await ask(socket, `n${n}`)).toBe(`n${n}`)
    expect(nowMs() - startMs).toBeGreaterThanOrEqual(79)
  }
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  for (let n = 0; n < 10; n += 1) {
    socket.write(`${n}`)
    await wait(2)
  }
  while (text.length < 10) await wait(5)
  expect(text).toBe('0123456789')
  socket.destroy()
})

test('healing sends at once what latency held back', async () => {
  const socket = await dial()
  wire.inject({ kind: 'latency', ms: 3_600_000 })
  const answer = ask(socket, 'held')
  await wait(50)
  wire.heal()
  expect(await answer).toBe('held')
  socket.destroy()
})

test('healing lets a held back store go on', async () => {
  const socket = await dial()
  wire.inject({ kind: 'latency', ms: 3_600_000 })
  let bytes = 0
  socket.on('data', (chunk) => {
    bytes += chunk.length
  })
  socket.write('much')
  await wait(200)
  expect(bytes).toBe(0)
  wire.heal()
  while (bytes < 8 * 1024 * 1024) await wait(5)
  socket.destroy()
})

test('bandwidth makes bytes take their time', async () => {
  const socket = await dial()
  wire.inject({ kind: 'bandwidth', bytesPerSecond: 100_000 })
  const startMs = nowMs()
  socket.write('y'.repeat(30_000))
  let bytes = 0
  socket.on('data', (chunk) => {
    bytes += chunk.length
  })
  while (bytes < 30_000) await wait(5)
  expect(nowMs() - startMs).toBeGreaterThanOrEqual(299)
  socket.destroy()
})

test('reset ends open connections with a TCP reset, and new ones too, until healed', async () => {
  const socket = await dial()
  await ask(socket, 'warm')
  const closed = closing(socket)
  wire.inject({ kind: 'reset' })
  expect(await closed).toBe('ECONNRESET')
  expect(await fate()).toMatch(/ECONNRESET|EPIPE/)
  wire.heal()
  const healed = await dial()
  expect(await ask(healed, 'again')).toBe('again')
  healed.destroy()
})

test('the first two connections can be dropped, and only they', async () => {
  const before = await dial()
  await ask(before, 'warm')
  wire.inject({ kind: 'reset' }, { firstConnections: 2 })
  expect(await ask(before, 'still here')).toBe('still here')
  expect(await fate()).toMatch(/ECONNRESET|EPIPE/)
  expect(await fate()).toMatch(/ECONNRESET|EPIPE/)
  const third = await dial()
  expect(await ask(third, 'kept')).toBe('kept')
  third.destroy()
  before.destroy()
})

test('a fault can be meant for some connections by their number', async () => {
  const [one, other] = [await dial(), await dial()]
  await ask(one, 'warm')
  await ask(other, 'warm')
  const closed = closing(other)
  wire.inject({ kind: 'reset' }, { connections: [2] })
  expect(await closed).toBe('ECONNRESET')
  expect(await ask(one, 'untouched')).toBe('untouched')
  one.destroy()
})

test('a black hole answers nothing and closes nothing; healed, what lost bytes is reset and the rest goes on', async () => {
  const [talking, idle] = [await dial(), await dial()]
  await ask(talking, 'warm')
  await ask(idle, 'warm')
  wire.inject({ kind: 'black-hole' })
  const late = await dial()
  let heard = 0
  for (const socket of [talking, late]) {
    socket.on('data', () => {
      heard += 1
    })
    socket.on('close', () => {
      heard += 1
    })
    socket.write('anyone?')
  }
  await wait(150)
  expect(heard).toBe(0)
  const closed = closing(talking)
  wire.heal()
  expect(await closed).toBe('ECONNRESET')
  expect(await ask(idle, 'back')).toBe('back')
  idle.destroy()
})

test('refuse closes what is open and listens to nobody, then listens at the same port', async () => {
  const socket = await dial()
  await ask(socket, 'warm')
  const closed = closing(socket)
  const { port: at } = wire
  wire.inject({ kind: 'refuse' })
  expect(await closed).toBe('closed')
  for (let n = 0; n < 3; n += 1) await expect(dial()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  wire.heal()
  const healed = await redial()
  expect(await ask(healed, 'again')).toBe('again')
  expect(wire.port).toBe(at)
  healed.destroy()
})

test('refusing and healing in quick turns ends listening', async () => {
  for (let n = 0; n < 20; n += 1) {
    wire.inject({ kind: 'refuse' })
    if (n % 3 === 0) await wait(1)
    wire.heal()
  }
  const socket = await redial()
  expect(await ask(socket, 'there')).toBe('there')
  socket.destroy()
})

test('a slow close reaches the app late', async () => {
  const socket = await dial()
  await ask(socket, 'warm')
  wire.inject({ kind: 'slow-close', ms: 150 })
  const startMs = nowMs()
  const closed = closing(socket)
  socket.write('bye')
  expect(await closed).toBe('closed')
  expect(nowMs() - startMs).toBeGreaterThanOrEqual(149)
})

test('works between unix sockets', async () => {
  const path = join(tmpdir(), `plimsoll-wire-${process.pid}.sock`)
  const there = `${path}.store`
  const other = createServer(echo).listen(there)
  await once(other, 'listening')
  const local = await openWire({
    store: 'echo',
    upstream: { path: there },
    protocol: null,
    nowMs,
    listen: { path },
  })
  expect(local).toMatchObject({ host: path, port: 0 })
  const socket = await dial({ path })
  expect(await ask(socket, 'hello')).toBe('hello')
  const closed = closing(socket)
  local.inject({ kind: 'reset' })
  expect(await closed).toMatch(/closed|ECONNRESET/)
  await local.close()
  other.close()
})

test('an app is reset when the store cannot be reached', async () => {
  const closedPort = port
  store.close()
  const dead = await openWire({
    store: 'echo',
    upstream: { host: '127.0.0.1', port: closedPort },
    protocol: null,
    nowMs,
  })
  const socket = await dial(dead)
  expect(await closing(socket)).toMatch(/ECONNRESET|closed/)
  await dead.close()
})

test('close ends every connection and frees the port', async () => {
  const socket = await dial()
  await ask(socket, 'warm')
  const closed = closing(socket)
  const { port: at } = wire
  await wire.close()
  await closed
  const again = createServer().listen(at, '127.0.0.1')
  await once(again, 'listening')
  again.close()
})

test('the log forgets the oldest, and marks stay true', () => {
  const record = (n: number): StatementRecord => ({
    connection: n,
    sql: '',
    shape: '',
    parameters: [],
    atMs: n,
    durationMs: null,
    rows: null,
    transaction: null,
  })
  const log = createStatementLog(10, 5)
  for (let n = 0; n < 100; n += 1) log.add(record(n))
  const mark = log.mark()
  log.add(record(100))
  expect(mark).toBe(100)
  expect(log.all().length).toBeLessThanOrEqual(15)
  expect(log.since(mark).map((one) => one.connection)).toEqual([100])
  expect(log.since(0)).toEqual(log.all())
})
