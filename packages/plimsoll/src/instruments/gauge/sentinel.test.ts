import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sentinel } from './gauge.ts'
import { openSentinel } from './sentinel.ts'

let sentinel: Sentinel
beforeAll(async () => {
  sentinel = await openSentinel()
})
afterAll(async () => {
  await sentinel.close()
  await sentinel.close()
})

test('it answers an HTTP client', async () => {
  const { host, port } = sentinel
  const asked = request({ host, port, path: '/' })
  asked.end()
  const [answer] = await once(asked, 'response')
  expect(answer.statusCode).toBe(200)
  let body = ''
  for await (const chunk of answer) body += chunk
  expect(body).toBe('ok')
})

test('requests that come in pieces, or several at once, are each answered on the same connection', async () => {
  const socket = connect(sentinel.port, sentinel.host).setEncoding('latin1').setNoDelay(true)
  let got = ''
  socket.on('data', (text) => {
    got += text
  })
  const answers = () => got.split('HTTP/1.1 200 OK').length - 1
  for (const piece of [
    'GET / HTTP/1.1\r\nhost: a\r',
    '\n\r',
    '\n',
    'GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n',
  ]) {
    socket.write(piece)
    await wait(20)
  }
  await expect.poll(answers, { timeout: 20_000 }).toBe(3)
  socket.destroy()
})

test('it answers while our own thread is busy', async () => {
  const program = `
    const { workerData: { port, shared } } = require('node:worker_threads')
    const socket = require('node:net').connect(port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\\r\\n\\r\\n')
    socket.once('data', () => Atomics.store(new Int32Array(shared), 0, 1))`
  const shared = new SharedArrayBuffer(4)
  const worker = new Worker(program, { eval: true, workerData: { port: sentinel.port, shared } })
  const seen = new Int32Array(shared)
  const until = performance.now() + 30_000
  while (Atomics.load(seen, 0) === 0 && performance.now() < until) Atomics.wait(seen, 0, 0, 10)
  expect(Atomics.load(seen, 0)).toBe(1)
  await worker.terminate()
})
