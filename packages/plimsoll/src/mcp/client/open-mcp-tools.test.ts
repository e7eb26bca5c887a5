import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { redactOutput } from '../../agent/policy/redact-output.ts'
import { openFiles } from '../../instruments/workspace/open-files.ts'
import type { McpPreference } from '../../model/agent.ts'
import type { AgentWishes } from '../../model/config.ts'
import type { ToolAnswer, ToolContext } from '../../tools/define.ts'
import { serveHttp } from '../server/http/serve-http.ts'
import { openServed } from '../server/serve.ts'
import { openTestDoor, testSurface } from '../server/test-surface.ts'
import { type McpTools, openMcpTools } from './open-mcp-tools.ts'

const require = createRequire(import.meta.url)
const dir = mkdtempSync(join(tmpdir(), 'mcp-client-'))
const record = join(dir, 'started')
const fixture = { command: process.execPath, args: [join(import.meta.dirname, 'server-fixture.js'), record] }
const context7 = (apiUrl: string) => ({
  command: process.execPath,
  args: [require.resolve('@upstash/context7-mcp/dist/index.js')],
  env: { CONTEXT7_API_URL: apiUrl },
})
const sequential = {
  command: process.execPath,
  args: [require.resolve('@modelcontextprotocol/server-sequential-thinking/dist/index.js')],
}

const preference = (
  given: Partial<McpPreference> & Pick<McpPreference, 'server' | 'rank'>,
): McpPreference => ({
  purpose: '',
  useCases: [],
  workflow: [],
  reason: '',
  alternative: '',
  line: 1,
  ...given,
})
const PREFERENCES = [
  preference({
    server: 'Context7',
    rank: 'primary',
    workflow: ['Pattern research', 'implementation examples', 'best practice validation'],
  }),
  preference({
    server: 'Sequential',
    rank: 'secondary',
    workflow: ['Problem decomposition', 'systematic analysis', 'solution synthesis'],
  }),
  preference({
    server: 'Magic',
    rank: 'avoided',
    reason: 'it makes user interfaces',
    alternative: 'Prefer Context7 for backend patterns',
  }),
]

const outbox = { id: 'outbox', title: 'Outbox', text: 'Write the event in the same transaction.' }
const context = async (): Promise<ToolContext> => ({
  root: dir,
  signal: new AbortController().signal,
  files: await openFiles(dir),
})

let opened: McpTools | null = null
const open = async (mcp: AgentWishes['mcp'], limits = { startMs: 60_000, callMs: 60_000 }) => {
  opened = await openMcpTools(
    mcp,
    { mcp: PREFERENCES },
    {
      root: dir,
      signal: new AbortController().signal,
      redact: (text) => redactOutput(text, []),
      searchPatterns: (query) => (query.includes('event') ? [outbox] : []),
      limits,
    },
  )
  return opened
}
const use = async (id: string, input: unknown): Promise<ToolAnswer> => {
  const tool = opened?.tools.find((each) => each.id === id)
  if (tool === undefined) throw new Error(`no tool ${id} among ${opened?.tools.map((each) => each.id)}`)
  return tool.run(tool.input.parse(input), await context())
}
const started = () => (existsSync(record) ? readFileSync(record, 'utf8').trim().split('\n').map(Number) : [])
const isAlive = (pid: number) => existsSync(`/proc/${pid}`)

afterEach(async () => {
  await opened?.close()
  opened = null
  await expect.poll(() => started().filter(isAlive), { timeout: 20_000 }).toEqual([])
  rmSync(record, { force: true })
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

test('tools are named by their server, and their effect is what they say of themselves', async () => {
  process.env.SECRET_KEY_OF_OURS = 'not for servers'
  const { tools, notes } = await open({ fixture })
  expect(tools.map(({ id, effect }) => [id, effect])).toEqual([
    ['mcp:fixture:answer', 'reads'],
    ['mcp:fixture:leave', 'executes'],
    ['mcp:fixture:silence', 'executes'],
    ['mcp:fixture:fail', 'executes'],
  ])
  expect(tools[0]?.description).toHaveLength(600)
  expect(tools[0]?.input.safeParse({ question: 3 }).success).toBe(false)
  const odd = z.toJSONSchema(tools[3]?.input ?? z.never())
  expect(odd).toMatchObject({ type: 'object', properties: { odd: { not: { type: 'string' } } } })
  expect(tools[0]?.subjects({})).toEqual([{ kind: 'address', text: 'mcp:fixture' }])
  expect(notes).toEqual([])
  expect(await use('mcp:fixture:answer', { question: 'why' })).toEqual({
    text: 'asked why; keys: ; postgres://app:(redacted)@db/orders ',
    data: { answered: true },
  })
  expect(await use('mcp:fixture:fail', {})).toEqual({ text: 'it went wrong', failed: true })
  delete process.env.SECRET_KEY_OF_OURS
})

test('a long answer is cut, and says how much is missing; a secret does not leave in an argument', async () => {
  await open({ fixture })
  const { text } = await use('mcp:fixture:answer', { question: 'much' })
  expect(text).toMatch(/… 12\d+ more characters: ask for less$/)
  const asked = await use('mcp:fixture:answer', { question: 'postgres://app:hunter22x9@db/orders' })
  expect(asked.text).toContain('asked postgres://app:(redacted)@db/orders')
})

test('a server that leaves is started once more, and then stays away', async () => {
  await open({ fixture })
  const left = await use('mcp:fixture:leave', { about: 'an event' })
  expect(left.text).toMatch(
    /^fixture did not answer: .+\. This is from the built-in pattern library instead:\n\n### Outbox/,
  )
  expect((await use('mcp:fixture:answer', { question: 'again' })).text).toContain('asked again')
  await use('mcp:fixture:leave', {})
  expect(await use('mcp:fixture:answer', { question: 'again' })).toMatchObject({ failed: true })
  expect(started()).toHaveLength(2)
})

test('a server that keeps silent is not waited for beyond its time', async () => {
  await open({ fixture }, { startMs: 60_000, callMs: 100 })
  expect(await use('mcp:fixture:silence', {})).toMatchObject({
    failed: true,
    text: expect.stringMatching(
      /^fixture did not answer: .*time.*\. The built-in pattern library has nothing/i,
    ),
  })
})

test('an avoided server is never started, under whatever name', async () => {
  const hidden = { ...fixture, args: [...fixture.args, '@21st-dev/magic'] }
  const { tools, notes } = await open({ ui: hidden })
  expect(started()).toEqual([])
  expect(tools.map(({ id }) => id)).toEqual(['mcp:ui:avoided'])
  expect(notes).toEqual(['ui is not started: the definition avoids Magic (it makes user interfaces).'])
  expect(await use('mcp:ui:avoided', { prompt: 'a button' })).toEqual({
    failed: true,
    text: 'ui is not used here: it makes user interfaces. Prefer Context7 for backend patterns. Hand work on a user interface to the frontend agent ("delegate" with agent "frontend").',
  })
})

test('a server that is not there is a note, with what it said', async () => {
  const crash = { command: process.execPath, args: ['-e', 'console.error("no licence"); process.exit(1)'] }
  const { tools, notes } = await open({ gone: { command: '/no/such/program' }, crash })
  expect(tools).toEqual([])
  expect(notes).toEqual([
    expect.stringMatching(
      /^gone did not start: .*\/no\/such\/program.*\. The built-in pattern library stands in for it\.$/s,
    ),
    expect.stringMatching(/^crash did not start: .*no licence.*stands in for it\.$/s),
  ])
})

test('a server at an address is used like any other', async () => {
  const door = openTestDoor(sampleRun())
  const { served, end } = openServed(await testSurface(door))
  const serving = await serveHttp(served, { port: 0, token: 'a-token' })
  await open({ far: { url: serving.url, headers: { authorization: 'Bearer a-token' } } })
  expect((await use('mcp:far:test_simple_text', {})).text).toContain('a simple text response')
  await opened?.close()
  await serving.close()
  await end()
})

test('Sequential Thinking takes its three steps, and what came of each is kept', async () => {
  await open({ sequential })
  const answer = await use('mcp:workflow:sequential', {
    task: 'orders are counted twice',
    thoughts: ['Parts: the route, the queue'],
  })
  expect(answer.data).toMatchObject({
    server: 'Sequential',
    steps: [
      {
        step: 'Problem decomposition',
        by: 'Sequential: sequentialthinking',
        input: { thought: 'Parts: the route, the queue', thoughtNumber: 1, totalThoughts: 3 },
        output: expect.stringContaining('"thoughtHistoryLength": 1'),
        degraded: null,
      },
      { step: 'systematic analysis', output: expect.stringContaining('"thoughtHistoryLength": 2') },
      { step: 'solution synthesis', input: { nextThoughtNeeded: false }, degraded: null },
    ],
  })
  expect(answer.text).toContain('## 3. solution synthesis, by Sequential: sequentialthinking\n')
})

/** Answers as the documentation service does, on this machine. */
const openDocs = async () => {
  const asked: string[] = []
  const listener = createServer((incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://localhost')
    asked.push(`${pathname} ${searchParams.get('libraryName') ?? searchParams.get('libraryId')}`)
    if (pathname.endsWith('/context')) outgoing.end(`About ${searchParams.get('query')}`)
    else {
      const found = { id: '/fastify/fastify', title: 'Fastify', description: 'a server', totalSnippets: 9 }
      outgoing.setHeader('content-type', 'application/json').end(JSON.stringify({ results: [found] }))
    }
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked, close: () => listener.close() }
}

test('Context7 is asked at each step, and without an answer the library stands in, visibly', async () => {
  const docs = await openDocs()
  await open({ 'context7-docs': context7(docs.url) })
  const answer = await use('mcp:workflow:context7', { task: 'publish an event once', library: 'Fastify' })
  expect(docs.asked).toEqual([
    '/v2/libs/search Fastify',
    ...Array.from({ length: 3 }, () => '/v2/context /fastify/fastify'),
  ])
  expect(answer.text).toContain(
    '## 2. implementation examples, by Context7: query-docs\nAbout publish an event once: implementation examples',
  )
  docs.close()
  const gone = await use('mcp:workflow:context7', { task: 'publish an event once', library: 'Fastify' })
  expect(gone.text.split('\n\n## ')[1]).toMatchInlineSnapshot(`
    "1. Pattern research, by built-in pattern library
    (Context7 did not give this: resolve-library-id answered "Error searching libraries: TypeError: fetch failed".)
    ### Outbox (plimsoll://patterns/outbox)
    Write the event in the same transaction."
  `)
  expect(gone.data).toMatchObject({ steps: [{ by: 'built-in pattern library' }, {}, {}] })
})
