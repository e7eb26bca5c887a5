import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { knownRequest, routeOf } from '../../../../../test/support/known-request.ts'
import { serviceOf } from '../../../../../test/support/staged-app.ts'
import { createRandom } from '../../base/random/random.ts'
import { createHttp } from '../../instruments/http/create-http.ts'
import { enterAgain, makeAccounts } from './more-accounts.ts'

const accounts = new Map<string, string>()
let sessions = 0
let most = 100
let server: Server

beforeAll(async () => {
  server = createServer(async (req, res) => {
    let text = ''
    for await (const part of req) text += part
    const { email, password } = JSON.parse(text)
    const isNew = req.url === '/register' && !accounts.has(email) && accounts.size < most
    if (isNew) accounts.set(email, password)
    const isKnown = req.url === '/login' && accounts.get(email) === password
    if (isKnown) sessions += 1
    res.writeHead(isNew ? 201 : isKnown ? 200 : 400)
    res.end(isKnown ? JSON.stringify({ token: `${email} ${sessions}` }) : '{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => server.close())

const { signal } = new AbortController()

const labOf = (parts: Parameters<typeof knownRequest>[2], seed = 1) => ({
  http: createHttp({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, nowMs: () => 0 }),
  random: createRandom(seed),
  service: serviceOf({ routes: [routeOf('POST', '/register'), routeOf('POST', '/login')] }),
  accounts: [{ headers: { authorization: 'Bearer first' } }],
  known: [
    { ...knownRequest('POST', '/register', parts), status: 201 },
    knownRequest('POST', '/login', { body: { email: 'first@example.com', password: 'old' } }),
  ],
})

const body = { email: '{{word}}@example.com', password: 'long-{{word}}' }

test('accounts are made as the first one was, and log in again', async () => {
  const lab = labOf({ body })
  const made = await makeAccounts(lab, 3, signal)
  expect(made.map(({ headers }) => headers.authorization)).toEqual([
    expect.stringMatching(/^Bearer \w+@example.com 1$/),
    expect.stringMatching(/^Bearer \w+@example.com 2$/),
    expect.stringMatching(/^Bearer \w+@example.com 3$/),
  ])
  const again = await enterAgain(lab, made)
  expect(again[0]?.headers.authorization).toBe(made[0]?.headers.authorization?.replace(/1$/, '4'))
})

test('there are fewer where the app lets us make no more, and none where no registration is known', async () => {
  most = accounts.size + 1
  expect(await makeAccounts(labOf({ body }, 2), 3, signal)).toHaveLength(1)
  expect(await makeAccounts({ ...labOf({ body }), known: [] }, 3, signal)).toEqual([])
})
