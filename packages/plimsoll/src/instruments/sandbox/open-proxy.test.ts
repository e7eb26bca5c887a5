import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openProxy } from './open-proxy.ts'

const closers: (() => unknown)[] = []
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const send = (socketPath: string, path: string, method = 'GET') =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request({ socketPath, path, method, headers: { host: 'x' } }, (answer) => {
      let body = ''
      answer.setEncoding('utf8')
      answer.on('data', (text: string) => {
        body += text
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
    })
    sent.on('connect', (answer, socket) => {
      socket.destroy()
      resolve({ status: answer.statusCode ?? 0, body: '' })
    })
    sent.on('error', reject)
    sent.end()
  })

it('leads to listed hosts and ports, and to nothing else', async () => {
  const server = createServer((asked, response) => response.end(`got ${asked.url}`)).listen(0, '127.0.0.1')
  closers.push(() => server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const dir = await mkdtemp(join(tmpdir(), 'plimsoll-proxy-'))
  closers.push(() => rm(dir, { recursive: true }))
  const path = join(dir, 'proxy.sock')
  const refused: string[] = []
  const door = await openProxy(path, [`127.0.0.1:${port}`, 'localhost.example'], (each) => refused.push(each))
  closers.push(() => door.close())
  expect(await send(path, `http://127.0.0.1:${port}/pkg?x=1`)).toEqual({ status: 200, body: 'got /pkg?x=1' })
  expect((await send(path, `127.0.0.1:${port}`, 'CONNECT')).status).toBe(200)
  expect((await send(path, 'http://127.0.0.1:1/')).status).toBe(403)
  expect((await send(path, 'db.example:5432', 'CONNECT')).status).toBe(403)
  expect((await send(path, 'localhost.example:5432', 'CONNECT')).status).toBe(403)
  expect((await send(path, '/etc/passwd')).status).toBe(403)
  expect(refused).toEqual(['127.0.0.1:1', 'db.example:5432', 'localhost.example:5432'])
})
