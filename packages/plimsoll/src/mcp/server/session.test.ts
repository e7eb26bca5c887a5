import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { Client } from '../../vendor/mcp-client.ts'
import { StdioServerTransport } from '../../vendor/mcp-server.ts'
import { MOST_BYTES } from './answer-call.ts'
import { openServed } from './serve.ts'
import { serveStdio } from './serve-stdio.ts'
import { openTestDoor, type TestDoor, testSurface } from './test-surface.ts'

let client: Client
let door: TestDoor
let logged: string[]
let input: PassThrough
let over: Promise<void>

beforeEach(async () => {
  door = openTestDoor(sampleRun())
  const surface = await testSurface(door)
  logged = surface.logged
  const { served, end } = openServed(surface)
  input = new PassThrough()
  const output = new PassThrough()
  over = serveStdio(served, { input, output }, new AbortController().signal).then(end)
  client = new Client({ name: 'test', version: '1' })
  // Lines of JSON both ways, so the server's end of a pipe does for a client's.
  await client.connect(new StdioServerTransport(output, input))
})
afterEach(async () => {
  await client.close()
  input.end()
  await over
})

type Answer = Awaited<ReturnType<Client['callTool']>>
const textOf = ({ content }: Answer) =>
  content.map((each) => (each.type === 'text' ? each.text : '')).join('')
const linksOf = ({ content }: Answer) =>
  content.flatMap((each) => (each.type === 'resource_link' ? [each.uri] : []))
const call = (
  name: string,
  given: Record<string, unknown> = {},
  options?: Parameters<Client['callTool']>[1],
) => client.callTool({ name, arguments: given }, options)
const read = async (uri: string) => {
  const [content] = (await client.readResource({ uri })).contents
  return content !== undefined && 'text' in content ? content.text : ''
}

test('lists the tools that are served, with what they may do', async () => {
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).not.toContain('read')
  const prove = tools.find(({ name }) => name === 'prove')
  expect(prove?.annotations).toEqual({
    title: 'prove',
    readOnlyHint: false,
    destructiveHint: false,
    idempotentHint: false,
    openWorldHint: false,
  })
  expect(Object.keys(prove?.inputSchema.properties ?? {})).toEqual(['only', 'waitSeconds'])
  expect(client.getInstructions()).toContain('survey')
})

test('a long answer is cut at a line, and whole as a resource; so are its data', async () => {
  const answer = await call('long')
  expect(Buffer.byteLength(textOf(answer))).toBeLessThanOrEqual(MOST_BYTES)
  expect(textOf(answer)).toMatch(
    /\nline \d+ é\n… \d+ more characters: read the resource plimsoll:\/\/answers\/1$/,
  )
  expect(answer.structuredContent).toBeUndefined()
  const [run = '', whole = '', data = ''] = linksOf(answer)
  expect(run).toBe('plimsoll://runs/20261122-3f2c')
  expect((await read(whole)).split('\n')).toHaveLength(2_000)
  expect(JSON.parse(await read(data)).rows).toHaveLength(2_000)
})

test('secrets leave neither in text nor in data', async () => {
  const answer = await call('secret')
  expect(JSON.stringify(answer)).not.toMatch(/hunter22|abcdefghij/)
  expect(answer.structuredContent).toEqual({ items: [{ header: 'Authorization: Bearer (redacted)' }] })
})

test('what is not allowed, not known or not well formed is answered, and nothing runs', async () => {
  expect(await call('forbidden')).toMatchObject({
    isError: true,
    content: [{ type: 'text', text: 'It is forbidden: ask for less.' }],
  })
  await expect(call('nothing')).rejects.toThrow(/nothing/)
  expect(textOf(await call('prove', { only: 3 }))).toMatch(/only.*expected array/s)
  await expect(client.readResource({ uri: 'plimsoll://patterns/outbax' })).rejects.toThrow(
    'did you mean "outbox"',
  )
  await expect(client.readResource({ uri: 'file:///etc/passwd' })).rejects.toThrow(/not found/)
  await expect(client.getPrompt({ name: 'repair-finding', arguments: {} })).rejects.toThrow(/finding/)
  expect(door.asked).toEqual([])
})

test('a bug is told in one line, and logged whole', async () => {
  const answer = await call('test_error_handling')
  expect([answer.isError, textOf(answer)]).toEqual([
    true,
    'Plimsoll broke: This tool intentionally returns an error for testing\nPlease report it with the lines above.',
  ])
  expect(logged.join()).toContain('test-surface.ts')
})

test('progress comes in order, to those who asked for it', async () => {
  const lines: (string | undefined)[] = []
  await call('test_tool_with_progress', {}, { onprogress: ({ message }) => lines.push(message) })
  expect(lines).toEqual(['begun', 'half', 'all'])
})

test('a call that is cancelled ends', async () => {
  const stop = new AbortController()
  const waiting = call('waits', {}, { signal: stop.signal })
  stop.abort('enough')
  await expect(waiting).rejects.toThrow(/enough/)
})

test('prove answers with the id of its Run and goes on, until its state is the verdict', async () => {
  const begun = await call('prove', { only: ['slow-store'] })
  expect(begun.structuredContent).toEqual({
    id: '20261123-1',
    run: '20261123-1',
    state: 'running',
    line: 'lab: app ready',
  })
  expect(linksOf(begun)).toEqual(['plimsoll://runs/20261123-1'])
  expect(await read('plimsoll://runs/20261123-1')).toContain('- State: running')
  const lines: (string | undefined)[] = []
  const ended = call('proof-state', { waitSeconds: 60 }, { onprogress: ({ message }) => lines.push(message) })
  await call('test_simple_text')
  door.release()
  expect(textOf(await ended)).toBe('20261123-1: done')
  expect(await read('plimsoll://runs/20261123-1')).toBe('# Run 20261123-1\n')
  expect(door.asked[0]).toMatchObject({ only: ['slow-store'] })
})

test('a second proof waits for the first, and can be stopped where it waits', async () => {
  await call('prove')
  const second = await call('prove')
  expect(second.structuredContent).toMatchObject({ id: 'proof-2', run: null, state: 'queued' })
  const stopped = await call('proof-stop', { run: 'proof-2' })
  expect(textOf(stopped)).toBe('proof-2: stopped; stopped in the queue.')
  await call('proof-stop', { run: '20261123-1' })
  expect((await call('proof-state', { run: '20261123-1' })).structuredContent).toMatchObject({
    state: 'stopped',
  })
  expect(door.asked).toHaveLength(1)
  expect(textOf(await call('proof-state', { run: 'x' }))).toContain('there are 20261123-1, proof-2')
})

test('cancelling a call that waits for its proof ends the proof', async () => {
  const stop = new AbortController()
  const begun = new Promise<void>((resolve) => {
    const onprogress = () => resolve()
    call('prove', { waitSeconds: 600 }, { signal: stop.signal, onprogress }).catch(() => undefined)
  })
  await begun
  stop.abort('enough')
  const state = await call('proof-state', { waitSeconds: 60 })
  expect(state.structuredContent).toMatchObject({ state: 'stopped' })
  expect(door.asked[0]?.signal.aborted).toBe(true)
})

test('who subscribed to a Run is told when it ends', async () => {
  await call('prove')
  await client.subscribeResource({ uri: 'plimsoll://runs/20261123-1' })
  const told = new Promise((resolve) => {
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => resolve(params.uri))
  })
  door.release()
  expect(await told).toBe('plimsoll://runs/20261123-1')
})

test('resources are listed, found by template, and completed', async () => {
  const { resources } = await client.listResources()
  expect(resources.map(({ uri }) => uri)).toEqual([
    'plimsoll://runs/20261122-3f2c',
    'plimsoll://patterns/outbox',
    'plimsoll://explain/experiments/slow-store',
  ])
  const { resourceTemplates } = await client.listResourceTemplates()
  expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
    'plimsoll://runs/{run}',
    'plimsoll://runs/{run}/findings/{finding}',
    'plimsoll://standards/{id}',
    'plimsoll://patterns/{id}',
    'plimsoll://explain/{family}/{id}',
    'plimsoll://answers/{id}',
  ])
  const ref = { type: 'ref/resource' as const, uri: 'plimsoll://explain/{family}/{id}' }
  const complete = (name: string, value: string, chosen: Record<string, string> = {}) =>
    client.complete({ ref, argument: { name, value }, context: { arguments: chosen } })
  expect((await complete('family', 'e')).completion.values).toEqual(['experiments'])
  expect((await complete('id', '', { family: 'fixers' })).completion.values).toEqual(['pool-listener'])
  expect(await read('plimsoll://explain/experiments/slow-store')).toBe('# A slow store\n')
})

test('a finding of a Run is read by its address', async () => {
  const ref = { type: 'ref/resource' as const, uri: 'plimsoll://runs/{run}/findings/{finding}' }
  const context = { arguments: { run: '20261122-3f2c' } }
  const { completion } = await client.complete({ ref, argument: { name: 'finding', value: '' }, context })
  const [finding = ''] = completion.values
  const text = await read(`plimsoll://runs/20261122-3f2c/findings/${finding}`)
  expect(JSON.parse(text)).toMatchObject({ id: finding, status: 'refuted' })
})

test('every prompt gives its steps', async () => {
  const { prompts } = await client.listPrompts()
  const given = { topic: 'outbox', problem: 'slow', what: 'refund', finding: 'b7k2', to: 'frontend' }
  for (const { name, arguments: wanted = [] } of prompts) {
    const chosen = Object.fromEntries(
      Object.entries(given).filter(([key]) => wanted.some((each) => each.name === key)),
    )
    const { messages } = await client.getPrompt({ name, arguments: chosen })
    expect(JSON.stringify(messages), name).toMatch(/1\. .*2\. .*3\. /)
  }
  expect(prompts.map(({ name }) => name)).toEqual([
    'research-pattern',
    'analyse-problem',
    'build-endpoint',
    'repair-finding',
    'prepare-handoff',
  ])
})

test('a client that is gone ends the proof, and the lab', async () => {
  await call('prove')
  input.end()
  await over
  expect([door.asked[0]?.signal.aborted, door.isClosed]).toEqual([true, true])
})
