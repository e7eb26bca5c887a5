import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routeOf } from '../../../../../test/support/known-request.ts'
import { readAccessLog } from './read-access-log.ts'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'access-log-'))
})
afterAll(() => rm(dir, { recursive: true }))

const routes = [routeOf('GET', '/orders/:id'), routeOf('GET', '/orders/latest'), routeOf('POST', '/orders')]
const { signal } = new AbortController()

const count = async (text: string | Buffer) => {
  const file = join(dir, 'access.log')
  await writeFile(file, text)
  return readAccessLog(file, { routes, shown: 'access.log', signal })
}

test('requests are counted by route, the plainest route first', async () => {
  const counts = await count(
    [
      'h - - [x] "GET /orders/7?full=1 HTTP/1.1" 200 1',
      'h - - [x] "GET /orders/8 HTTP/1.1" 200 1',
      'h - - [x] "GET /orders/latest HTTP/1.1" 200 1',
      'h - - [x] "POST https://shop.test/orders HTTP/1.1" 201 1',
      'h - - [x] "GET /favicon.ico HTTP/1.1" 404 1',
      '',
      'garbage',
    ].join('\r\n'),
  )
  expect(counts).toEqual({
    lines: 6,
    routes: new Map([
      ['GET /orders/:id', 2],
      ['GET /orders/latest', 1],
      ['POST /orders', 1],
    ]),
    strange: 1,
    unread: 1,
  })
})

test('a compressed file is refused with the reason', async () => {
  await expect(count(gzipSync('"GET /orders/7 HTTP/1.1"'))).rejects.toMatchObject({
    code: 'E_CONFIG_UNREADABLE',
    message: 'access.log could not be read: it is compressed; unpack it first',
  })
})

test('a file that is not there is refused', async () => {
  const missing = readAccessLog(join(dir, 'none.log'), { routes, shown: 'none.log', signal })
  await expect(missing).rejects.toMatchObject({ message: 'none.log could not be read: ENOENT' })
})
