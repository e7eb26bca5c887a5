import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleRun } from '../../../../../../test/support/sample-run/index.ts'
import { Client, StreamableHTTPClientTransport } from '../../../vendor/mcp-client.ts'
import { openServed } from '../serve.ts'
import { openTestDoor, type TestDoor, testSurface } from '../test-surface.ts'
import { type HttpServing, serveHttp } from './serve-http.ts'

const TOKEN = 'a-token-of-this-test'

let serving: HttpServing
let door: TestDoor
let end: () => Promise<void>
beforeEach(async () => {
  door = openTestDoor(sampleRun())
  const opened = openServed(await testSurface(door))
  end = opened.end
  serving = await serveHttp(opened.served, { port: 0, token: TOKEN })
})
afterEach(async () => {
  await serving.close()
  await end()
})

const send = async (headers: Record<string, string>, path = '/mcp'): Promise<IncomingMessage> => {
  const { hostname, port } = new URL(serving.url)
  const outgoing = request({ hostname, port, path, method: 'POST', headers })
  outgoing.end('{"jsonrpc":"2.0","id":1,"method":"ping"}')
  const [answer] = await once(outgoing, 'response')
  answer.resume()
  return answer
}

const authorization = `Bearer ${TOKEN}`

test.each([
  ['no token', {}, 401],
  ['another token', { authorization: 'Bearer guess' }, 401],
  ['a foreign host', { authorization, host: 'evil.example.com' }, 403],
  ['a foreign page', { authorization, origin: 'http://evil.example.com' }, 403],
  ['a page without an origin', { authorization, origin: 'null' }, 403],
  [
    'a session that is not known',
    { authorization, 'mcp-session-id': 'x', 'content-type': 'application/json' },
    404,
  ],
  [
    'no JSON',
    { authorization, accept: 'application/json, text/event-stream', 'content-type': 'text/plain' },
    415,
  ],
])('%s is turned away', async (_, headers, status) => {
  expect((await send(headers)).statusCode).toBe(status)
})

test('nothing else is served', async () => {
  expect((await send({ authorization }, '/')).statusCode).toBe(404)
})

const connect = async (mode: 'legacy' | 'auto') => {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
  const requestInit = { headers: { authorization } }
  await client.connect(new StreamableHTTPClientTransport(new URL(serving.url), { requestInit }))
  return client
}

test.each([['legacy'], ['auto']] as const)('clients of both ages are served: %s', async (mode) => {
  const client = await connect(mode)
  expect(client.getProtocolEra()).toBe(mode === 'auto' ? 'modern' : 'legacy')
  const lines: (string | undefined)[] = []
  const onprogress = ({ message }: { message?: string | undefined }) => lines.push(message)
  await client.callTool({ name: 'test_tool_with_progress', arguments: {} }, { onprogress })
  expect(lines).toEqual(['begun', 'half', 'all'])
  await client.callTool({ name: 'prove', arguments: {} })
  door.release()
  const ended = await client.callTool({ name: 'proof-state', arguments: { waitSeconds: 60 } })
  expect(ended.structuredContent).toMatchObject({ run: '20261123-1', state: 'ended' })
  await client.close()
})

test('two clients see one queue of proofs', async () => {
  const [one, other] = [await connect('legacy'), await connect('auto')]
  await one.callTool({ name: 'prove', arguments: {} })
  const second = await other.callTool({ name: 'prove', arguments: {} })
  expect(second.structuredContent).toMatchObject({ state: 'queued' })
  await one.close()
  await other.close()
})

test('a port that is taken is said', async () => {
  const { served } = openServed(await testSurface(door))
  const port = Number(new URL(serving.url).port)
  await expect(serveHttp(served, { port, token: TOKEN })).rejects.toMatchObject({ code: 'E_USAGE' })
})
