import { once } from 'node:events'
import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttp } from './create-http.ts'
import type { Http } from './http.ts'

const nowMs = () => performance.now()
const portOf = (server: { address(): unknown }) => {
  const address = server.address()
  return address && typeof address === 'object' && 'port' in address ? Number(address.port) : 0
}

let server: Server
let http: Http
const peers = new Set<number | undefined>()

beforeAll(async () => {
  server = createHttpServer((request, response) => {
    peers.add(request.socket.remotePort)
    const body: Buffer[] = []
    request.on('data', (chunk) => body.push(chunk))
    request.on('end', () => {
      const { method, url, headers } = request
      if (url === '/silent') return
      if (url === '/half') return void response.write('{"half":')
      if (url === '/away') return void response.writeHead(302, { location: 'http://example.com/' }).end()
      if (url === '/cut') return void request.socket.destroy()
      if (url === '/large') return void response.end('x'.repeat(1_000_000))
      if (url === '/cookies')
        return void response.setHeader('set-cookie', ['a=1; Expires=Wed, 01 Jan 2031', 'b=2']).end()
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify({
          method,
          url,
          type: headers['content-type'],
          key: headers['x-key'],
          body: Buffer.concat(body).toString(),
        }),
      )
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  http = createHttp({ baseUrl: `http://127.0.0.1:${portOf(server)}`, nowMs, headers: { 'X-Key': 'k' } })
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** A port that answers every connection with the same bytes, or with nothing. */
const raw = async (answer: (socket: Socket) => void) => {
  const other = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => answer(socket))
  }).listen(0, '127.0.0.1')
  await once(other, 'listening')
  return { other, to: createHttp({ baseUrl: `http://127.0.0.1:${portOf(other)}`, nowMs }) }
}

test('sends an object as JSON, and text and bytes as they are', async () => {
  const json = await http.request({ method: 'POST', path: '/x?y=1', body: { a: 1 } })
  expect(json).toMatchObject({ status: 200, requestBody: '{"a":1}', requestHeaders: { 'x-key': 'k' } })
  expect(JSON.parse(json.body)).toEqual({
    method: 'POST',
    url: '/x?y=1',
    type: 'application/json',
    key: 'k',
    body: '{"a":1}',
  })
  const broken = await http.request({
    method: 'PUT',
    path: '/',
    headers: { 'Content-Type': 'application/json', 'x-key': 'own' },
    body: '{"a":',
  })
  expect(JSON.parse(broken.body)).toMatchObject({ type: 'application/json', key: 'own', body: '{"a":' })
  const bytes = await http.request({ method: 'POST', path: '/', body: Buffer.from('abc') })
  expect(JSON.parse(bytes.body)).toMatchObject({ body: 'abc' })
  const get = await http.request({ method: 'GET', path: '/' })
  expect(get.requestBody).toBeUndefined()
  expect(JSON.parse(get.body).type).toBeUndefined()
})

test('uses a connection of its own for each request', async () => {
  peers.clear()
  for (let n = 0; n < 3; n += 1) await http.request({ method: 'GET', path: '/' })
  expect(peers.size).toBe(3)
})

test('does not follow a redirect', async () => {
  const away = await http.request({ method: 'GET', path: '/away' })
  expect(away).toMatchObject({ status: 302, headers: { location: 'http://example.com/' } })
})

test('cuts a large body, and keeps cookies apart', async () => {
  expect((await http.request({ method: 'GET', path: '/large' })).body).toHaveLength(2_000)
  const cookies = await http.request({ method: 'GET', path: '/cookies' })
  expect(cookies.headers['set-cookie']?.split('\n')).toEqual(['a=1; Expires=Wed, 01 Jan 2031', 'b=2'])
})

test.each([
  ['/silent', 'timeout'],
  ['/half', 'timeout'],
  ['/cut', 'ECONNRESET'],
  ['/with space', 'EINVAL'],
])('%s has no status and says %s', async (path, error) => {
  const answer = await http.request({ method: 'GET', path, timeoutMs: path === '/cut' ? 60_000 : 100 })
  expect(answer).toMatchObject({ status: null, body: '', error })
})

test('names what is not HTTP, a reset, a refusal and an abort', async () => {
  const babble = await raw((socket) => socket.end('+OK hello\r\n'))
  expect(await babble.to.request({ method: 'GET', path: '/' })).toMatchObject({
    status: null,
    error: 'EPROTO',
  })
  babble.other.close()

  const short = await raw((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'))
  expect((await short.to.request({ method: 'GET', path: '/' })).error).toMatch(/EPROTO|ECONNRESET/)
  short.other.close()

  const reset = await raw((socket) => socket.resetAndDestroy())
  expect(await reset.to.request({ method: 'GET', path: '/' })).toMatchObject({
    status: null,
    error: 'ECONNRESET',
  })
  expect(await reset.to.connects()).toBe(true)
  reset.other.close()
  await once(reset.other, 'close')
  expect(await reset.to.request({ method: 'GET', path: '/' })).toMatchObject({
    status: null,
    error: 'ECONNREFUSED',
  })
  expect(await reset.to.connects()).toBe(false)

  const stop = new AbortController()
  const aborted = http.request({ method: 'GET', path: '/silent', signal: stop.signal })
  stop.abort()
  expect(await aborted).toMatchObject({ status: null, error: 'aborted' })
})

test.each(['http://example.com', 'http://10.0.0.1:80', 'http://127.0.0.1.evil.com', 'http://0.0.0.0:1'])(
  'refuses to speak to %s',
  (baseUrl) => {
    expect(() => createHttp({ baseUrl, nowMs })).toThrow('not on this machine')
  },
)
