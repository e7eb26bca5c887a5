import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { addConformanceFixtures } from './conformance-fixture.ts'
import { type HttpServing, serveHttp } from './http/serve-http.ts'
import { openServer } from './open-server.ts'
import { openServed } from './serve.ts'
import { openTestDoor, testSurface } from './test-surface.ts'

const SUITE = createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/dist/index.js')
const TOKEN = 'a-token-of-this-test'

/** The suite cannot send a token, so this adds it; all else passes through as it is. */
const openRelay = async (target: URL): Promise<Server> => {
  const relay = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const onward = request(
      {
        host: target.hostname,
        port: target.port,
        path: url,
        method,
        headers: { ...headers, authorization: `Bearer ${TOKEN}` },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        outgoing.flushHeaders()
        answer.pipe(outgoing)
      },
    )
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  return relay
}

let serving: HttpServing
let relay: Server
let end: () => Promise<void>
beforeAll(async () => {
  const opened = openServed(await testSurface(openTestDoor(sampleRun())))
  end = opened.end
  const open = () => addConformanceFixtures(openServer(opened.served))
  serving = await serveHttp(opened.served, { port: 0, token: TOKEN, open })
  relay = await openRelay(new URL(serving.url))
})
afterAll(async () => {
  relay.closeAllConnections()
  relay.close()
  await serving.close()
  await end()
})

const runSuite = async (url: string): Promise<{ code: number; output: string }> => {
  const child = spawn(process.execPath, [SUITE, 'server', '--url', url, '--suite', 'all'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += part))
  const [code] = await once(child, 'close')
  return { code, output }
}

/** `✓ ping: 1 passed, 0 failed` -> `ping 1` */
const summaryOf = (output: string): string[] =>
  [...output.matchAll(/^(.) ([\w-]+): (\d+) passed, (\d+) failed$/gm)].map(
    ([, mark, name, passed, failed]) =>
      `${mark} ${name} ${passed}${failed === '0' ? '' : `, failed ${failed}`}`,
  )

test('the server scenarios of the conformance suite pass, and none fails', async () => {
  const { port } = relay.address() as AddressInfo
  const { code, output } = await runSuite(`http://127.0.0.1:${port}/mcp`)
  expect(code, output).toBe(0)
  // server-sse-polling judges nothing here: it asks as of 2025-03-26 for what revision 2025-11-25 brought.
  expect(summaryOf(output)).toMatchInlineSnapshot(`
    [
      "✓ server-initialize 1",
      "✓ logging-set-level 1",
      "✓ ping 1",
      "✓ completion-complete 1",
      "✓ tools-list 1",
      "✓ tools-call-simple-text 1",
      "✓ tools-call-image 1",
      "✓ tools-call-audio 1",
      "✓ tools-call-embedded-resource 1",
      "✓ tools-call-mixed-content 1",
      "✓ tools-call-with-logging 1",
      "✓ tools-call-error 1",
      "✓ tools-call-with-progress 1",
      "✓ tools-call-sampling 1",
      "✓ tools-call-elicitation 1",
      "✓ json-schema-2020-12 4",
      "✓ elicitation-sep1034-defaults 5",
      "✓ server-sse-polling 0",
      "✓ server-sse-multiple-streams 2",
      "✓ elicitation-sep1330-enums 5",
      "✓ resources-list 1",
      "✓ resources-read-text 1",
      "✓ resources-read-binary 1",
      "✓ resources-templates-read 1",
      "✓ resources-subscribe 1",
      "✓ resources-unsubscribe 1",
      "✓ prompts-list 1",
      "✓ prompts-get-simple 1",
      "✓ prompts-get-with-args 1",
      "✓ prompts-get-embedded-resource 1",
      "✓ prompts-get-with-image 1",
      "✓ dns-rebinding-protection 2",
    ]
  `)
})

const sse = async (response: Response): Promise<{ ids: string[]; data: string[] }> => {
  const text = await response.text()
  const fields = (name: string) =>
    [...text.matchAll(new RegExp(`^${name}: (.*)$`, 'gm'))].map(([, value = '']) => value)
  return { ids: fields('id'), data: fields('data') }
}

test('a stream that breaks off goes on from the last event that came', async () => {
  const headers = {
    authorization: `Bearer ${TOKEN}`,
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
    'mcp-protocol-version': '2025-11-25',
  }
  const post = (body: object, more: Record<string, string> = {}) =>
    fetch(serving.url, {
      method: 'POST',
      headers: { ...headers, ...more },
      body: JSON.stringify({ jsonrpc: '2.0', ...body }),
    })
  const hello = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  }
  const begun = await post({ id: 1, method: 'initialize', params: hello })
  const session = { 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' }
  await begun.text()
  const broken = await sse(
    await post({ id: 2, method: 'tools/call', params: { name: 'test_reconnection' } }, session),
  )
  expect(broken.data.join('')).toBe('')
  const resumed = await fetch(serving.url, {
    headers: { ...headers, ...session, 'last-event-id': broken.ids.at(-1) ?? '' },
  })
  const reader = resumed.body?.getReader()
  const first = await reader?.read()
  await reader?.cancel()
  expect(new TextDecoder().decode(first?.value)).toContain('Reconnection test completed')
})
