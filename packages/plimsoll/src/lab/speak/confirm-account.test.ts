import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { routeOf } from '../../../../../test/support/known-request.ts'
import { createHttp } from '../../instruments/http/create-http.ts'
import { confirmAccount } from './confirm-account.ts'

let server: Server | null = null
afterEach(() => {
  server?.close()
  server = null
})

const account = { email: 'plimsoll-word@example.com', password: 'Plimsoll-1-word' }
const routes = [routeOf('GET', '/auth/confirm/:token'), routeOf('GET', '/verify'), routeOf('GET', '/orders')]

/** An app that wrote these lines to its log, and what it was asked since. */
const appThatSaid = async (lines: readonly string[]) => {
  const asked: string[] = []
  const listening = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end()
  })
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as AddressInfo
  const http = createHttp({ baseUrl: `http://127.0.0.1:${port}`, nowMs: () => performance.now() })
  const logs = () => lines.map((text) => ({ stream: 'stdout' as const, text, atMs: 1 }))
  const target = { logs } as unknown as Parameters<typeof confirmAccount>[0]['target']
  const lab = { http, target, stores: [], sleep: async () => undefined }
  return { asked, confirm: () => confirmAccount(lab, routes, account, 0) }
}

test('follows the link that the app wrote to its log instead of sending it', async () => {
  const { asked, confirm } = await appThatSaid([
    'mail: http://localhost/auth/confirm/0ld0ld0ld',
    'mail: http://localhost/auth/confirm/9f8e7d6c (24 h)',
  ])
  expect(await confirm()).toBe(true)
  expect(asked).toEqual(['/auth/confirm/9f8e7d6c'])
})

test('a token may stand in the query', async () => {
  const { asked, confirm } = await appThatSaid(['open https://app.example/verify?token=abc-123&u=4 now'])
  expect(await confirm()).toBe(true)
  expect(asked).toEqual(['/verify?token=abc-123&u=4'])
})

test('without a link, and without a row that says whether it is confirmed, nothing is done', async () => {
  const { asked, confirm } = await appThatSaid(['GET /verify 200', 'GET /orders 401'])
  expect(await confirm()).toBe(false)
  expect(asked).toEqual([])
})
