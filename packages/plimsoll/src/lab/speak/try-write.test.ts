import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createRandom } from '../../base/random/random.ts'
import { createHttp } from '../../instruments/http/create-http.ts'
import { tryWrite } from './try-write.ts'

type Answer = { status: number; body: unknown }
type Body = Record<string, unknown>

let server: Server | null = null
afterEach(() => {
  server?.close()
  server?.closeAllConnections()
  server = null
})

const readBody = async (request: IncomingMessage): Promise<Body> => {
  let text = ''
  for await (const chunk of request) text += chunk
  return text === '' ? {} : JSON.parse(text)
}

/** A real server that judges each body, and a lab that speaks to it. */
const against = async (judge: (body: Body) => Answer) => {
  const received: Body[] = []
  const listening = createServer(async (request, response) => {
    const body = await readBody(request)
    received.push(body)
    const { status, body: said } = judge(body)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  })
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as AddressInfo
  const http = createHttp({ baseUrl: `http://127.0.0.1:${port}`, nowMs: () => performance.now() })
  const lab = { http, stores: [], random: createRandom(1) }
  const write = (bodies: readonly unknown[]) => tryWrite(lab, { method: 'POST', path: '/books' }, bodies)
  return { received, write }
}

const refuse = (message: string): Answer => ({ status: 400, body: { message } })
const CREATED: Answer = { status: 201, body: { id: 1 } }

/** Names one thing that is wrong at a time, as many validators do. */
const stepByStep = (body: Body): Answer => {
  if (typeof body.title !== 'string') return refuse("body must have required property 'title'")
  if (body.seats === undefined) return refuse("body must have required property 'seats'")
  if (typeof body.seats !== 'string') return refuse('body/seats must be string')
  const { user } = body
  if (typeof user !== 'object' || user === null || !('email' in user))
    return refuse("body/user must have required property 'email'")
  if (body.status !== 'open') return refuse('"status" must be one of [open, closed]')
  if ('extra' in body) return refuse('property extra should not exist')
  return CREATED
}

test('follows refusals, one thing at a time, until the write is accepted', async () => {
  const { received, write } = await against(stepByStep)
  const attempt = await write([{ extra: 1 }])
  expect(attempt?.observed.exchange.status).toBe(201)
  expect(attempt?.how).toBe('learned')
  expect(attempt?.request.body).toEqual({
    title: 'Plimsoll {{word}}',
    seats: 'Plimsoll {{word}}',
    user: { email: 'plimsoll{{word}}@example.com' },
    status: 'open',
  })
  expect(JSON.stringify(received)).not.toContain('{{')
  expect(attempt?.sent.body).toEqual(received.at(-1))
})

test('a body that is right at once is not learned', async () => {
  const { received, write } = await against(() => CREATED)
  expect(await write([{ title: 'x' }])).toMatchObject({ how: 'inferred' })
  expect(received).toHaveLength(1)
})

test('the next candidate is tried when a refusal teaches nothing', async () => {
  const { received, write } = await against((body) => ('name' in body ? CREATED : refuse('no')))
  expect(await write([{ title: 'x' }, { name: 'y' }])).toMatchObject({
    how: 'learned',
    observed: { exchange: { status: 201 } },
  })
  expect(received).toHaveLength(2)
})

test('gives up, with the last attempt, when refusals never end', async () => {
  let turn = 0
  const { received, write } = await against(() => refuse(`field${turn++} is required`))
  const attempt = await write([{}])
  expect(attempt?.observed.exchange.status).toBe(400)
  expect(received.length).toBeLessThanOrEqual(14)
})

test('a refusal that repeats itself is asked once', async () => {
  const { received, write } = await against(() => refuse('title is required'))
  await write([{}])
  expect(received).toHaveLength(2)
})

test('a conflict or a missing login is no refusal of the body', async () => {
  const { received, write } = await against(() => ({ status: 401, body: { message: 'title is required' } }))
  expect((await write([{ a: 1 }, { b: 1 }]))?.observed.exchange.status).toBe(401)
  expect(received).toHaveLength(2)
})

test('without a body to try there is no attempt', async () => {
  const { write } = await against(() => CREATED)
  expect(await write([])).toBeNull()
})

test('a condition that is asked for is sent: any state first, then the one that a read shows', async () => {
  const seen: (string | undefined)[] = []
  const listening = createServer((request, response) => {
    const condition = request.headers['if-match']
    if (request.method === 'PUT') seen.push(condition)
    const status =
      request.method === 'GET' || condition === '"v1"' ? 200 : condition === undefined ? 428 : 412
    response.writeHead(status, { etag: '"v1"' }).end('{}')
  })
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as AddressInfo
  const http = createHttp({ baseUrl: `http://127.0.0.1:${port}`, nowMs: () => performance.now() })
  const lab = { http, stores: [], random: createRandom(1) }
  const attempt = await tryWrite(lab, { method: 'PUT', path: '/books/1' }, [{ title: 'x' }])
  expect(seen).toEqual([undefined, '*', '"v1"'])
  expect(attempt?.request.headers).toEqual({ 'if-match': '"v1"' })
})
