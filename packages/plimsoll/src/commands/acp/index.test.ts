import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable, Writable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { type ModelServer, openModelServer, type Script } from '../../../../../test/support/model-server.ts'
import { run } from '../../cli/run.ts'
import {
  type ClientContext,
  client,
  methods,
  ndJsonStream,
  type RequestPermissionRequest,
  type SessionUpdate,
} from '../../vendor/acp.ts'

const above = mkdtempSync(join(tmpdir(), 'plimsoll-acp-'))
const servers: ModelServer[] = []
afterAll(async () => {
  for (const server of servers) await server.close()
  rmSync(above, { recursive: true, force: true })
})

const openFolder = async (script: Script, permissions: readonly object[] = []) => {
  const server = await openModelServer(script)
  servers.push(server)
  const root = mkdtempSync(join(above, 'work-'))
  writeFileSync(join(root, 'notes.txt'), 'one\ntwo\n')
  const agent = { model: 'compatible/scripted', baseUrl: server.url, permissions }
  writeFileSync(join(root, 'plimsoll.config.json'), JSON.stringify({ agent }))
  return { root, server }
}

type Seen = { updates: SessionUpdate[]; asked: RequestPermissionRequest[]; exitCode: number; err: string }

/** The protocol's own client, as an editor uses it, over a pair of pipes. */
const drive = async (
  use: (agent: ClientContext, seen: Seen) => Promise<void>,
  choose: (request: RequestPermissionRequest) => string = () => 'once',
): Promise<Seen> => {
  const [toAgent, fromAgent] = [new PassThrough(), new PassThrough()]
  const seen: Seen = { updates: [], asked: [], exitCode: -1, err: '' }
  const served = run(['acp'], {
    cwd: above,
    stdin: toAgent,
    stdout: { write: (text: string) => fromAgent.write(text) },
    stderr: { write: (text: string) => (seen.err += text) },
    env: {},
    signal: new AbortController().signal,
  })
  const editor = client({ name: 'editor' })
    .onNotification(methods.client.session.update, ({ params }) => void seen.updates.push(params.update))
    .onRequest(methods.client.session.requestPermission, ({ params }) => {
      seen.asked.push(params)
      return { outcome: { outcome: 'selected', optionId: choose(params) } }
    })
  const stream = ndJsonStream(Writable.toWeb(toAgent), Readable.toWeb(fromAgent))
  await editor.connectWith(stream, async (agent) => {
    await agent.request(methods.agent.initialize, { protocolVersion: 1, clientCapabilities: {} })
    await use(agent, seen)
  })
  toAgent.end()
  seen.exitCode = await served
  return seen
}

const textOf = (updates: readonly SessionUpdate[], kind: SessionUpdate['sessionUpdate']) =>
  updates
    .map((update) =>
      update.sessionUpdate === kind &&
      'content' in update &&
      update.content !== null &&
      !Array.isArray(update.content) &&
      update.content?.type === 'text'
        ? update.content.text
        : '',
    )
    .join('')
const ask = (sessionId: string, text: string) => ({ sessionId, prompt: [{ type: 'text' as const, text }] })
const EDIT = { calls: [{ tool: 'edit', input: { path: 'notes.txt', find: 'two', replace: 'three' } }] }
const TODO = {
  calls: [
    {
      tool: 'todo',
      input: {
        items: [
          { text: 'Read', state: 'done' },
          { text: 'Write', state: 'doing' },
        ],
      },
    },
  ],
}

test('says what it is and what it can do', async () => {
  const { exitCode, err } = await drive(async (agent) => {
    const said = await agent.request(methods.agent.initialize, {
      protocolVersion: 99,
      clientCapabilities: {},
    })
    expect(said).toMatchObject({
      protocolVersion: 1,
      agentCapabilities: { loadSession: true, sessionCapabilities: { list: {}, close: {} } },
      agentInfo: { name: 'plimsoll' },
    })
  })
  expect([exitCode, err]).toEqual([0, ''])
})

test('a prompt: text, plan, a call with its file and diff, a permission, the verdict', async () => {
  const { root } = await openFolder(
    [TODO, EDIT, { text: 'It says three now.' }],
    [{ tool: 'edit', action: 'ask' }],
  )
  let id = ''
  const { updates, asked } = await drive(async (agent) => {
    const { sessionId, modes } = await agent.request(methods.agent.session.new, { cwd: root, mcpServers: [] })
    id = sessionId
    expect(modes?.currentModeId).toBe('agent')
    const response = await agent.request(methods.agent.session.prompt, ask(id, 'say three'))
    expect(response).toMatchObject({
      stopReason: 'end_turn',
      _meta: { plimsoll: { kind: 'answered', exitCode: 0 } },
    })
  })
  expect(readFileSync(join(root, 'notes.txt'), 'utf8')).toBe('one\nthree\n')
  expect(asked[0]).toMatchObject({
    sessionId: id,
    toolCall: {
      kind: 'edit',
      content: [{ type: 'diff', path: join(root, 'notes.txt') }, { type: 'content' }],
    },
  })
  expect(updates.find(({ sessionUpdate }) => sessionUpdate === 'plan')).toEqual({
    sessionUpdate: 'plan',
    entries: [
      { content: 'Read', priority: 'medium', status: 'completed' },
      { content: 'Write', priority: 'medium', status: 'in_progress' },
    ],
  })
  const calls = updates.filter((update) => update.sessionUpdate === 'tool_call' && update.kind === 'edit')
  expect(calls).toMatchObject([
    { title: 'edit notes.txt', status: 'in_progress', locations: [{ path: join(root, 'notes.txt') }] },
  ])
  const ended = updates.findLast((update) => update.sessionUpdate === 'tool_call_update')
  expect(ended).toMatchObject({
    status: 'completed',
    content: [
      { type: 'diff', path: join(root, 'notes.txt'), oldText: 'one\ntwo\n', newText: 'one\nthree\n' },
      { type: 'content' },
    ],
  })
  const said = textOf(updates, 'agent_message_chunk')
  expect(said).toContain('It says three now.')
  expect(said).toContain(`undo: \`plimsoll undo ${id}\``)
})

test('a permission that is not given, and a mode in which nothing is changed', async () => {
  const { root } = await openFolder(
    [EDIT, { text: 'Then not.' }, EDIT, { text: 'I may not.' }],
    [{ tool: 'edit', action: 'ask' }],
  )
  const { asked } = await drive(
    async (agent) => {
      const { sessionId } = await agent.request(methods.agent.session.new, { cwd: root, mcpServers: [] })
      await agent.request(methods.agent.session.prompt, ask(sessionId, 'say three'))
      await agent.request(methods.agent.session.setMode, { sessionId, modeId: 'read-only' })
      await agent.request(methods.agent.session.prompt, ask(sessionId, 'say three'))
    },
    () => 'no',
  )
  expect(asked).toHaveLength(1)
  expect(readFileSync(join(root, 'notes.txt'), 'utf8')).toBe('one\ntwo\n')
})

test('a session is loaded with what was said, and goes on', async () => {
  const { root, server } = await openFolder([EDIT, { text: 'First.' }, { text: 'Second.' }])
  let id = ''
  await drive(async (agent) => {
    id = (await agent.request(methods.agent.session.new, { cwd: root, mcpServers: [] })).sessionId
    await agent.request(methods.agent.session.prompt, ask(id, 'say three'))
  })
  await drive(async (agent, { updates }) => {
    const { sessions } = await agent.request(methods.agent.session.list, { cwd: root })
    expect(sessions).toMatchObject([{ sessionId: id, title: 'say three' }])
    await agent.request(methods.agent.session.load, { sessionId: id, cwd: root, mcpServers: [] })
    expect(updates.map(({ sessionUpdate }) => sessionUpdate)).toEqual([
      'user_message_chunk',
      'tool_call',
      'tool_call_update',
      'agent_message_chunk',
    ])
    await agent.request(methods.agent.session.prompt, ask(id, 'and now?'))
  })
  expect(JSON.stringify(server.requests.at(-1)?.body.messages)).toContain('say three')
})

test('a prompt that is cancelled ends so, and the session can go on', async () => {
  const { root } = await openFolder([
    { silent: { text: 'I think about it for a long time' } },
    { text: 'Here.' },
  ])
  await drive(async (agent, { updates }) => {
    const { sessionId } = await agent.request(methods.agent.session.new, { cwd: root, mcpServers: [] })
    const first = agent.request(methods.agent.session.prompt, ask(sessionId, 'think'))
    await expect.poll(() => textOf(updates, 'agent_message_chunk'), { timeout: 30_000 }).toContain('I think')
    await expect(agent.request(methods.agent.session.prompt, ask(sessionId, 'more'))).rejects.toThrow(
      'last prompt',
    )
    await agent.notify(methods.agent.session.cancel, { sessionId })
    expect(await first).toMatchObject({ stopReason: 'cancelled' })
    expect(await agent.request(methods.agent.session.prompt, ask(sessionId, 'go on'))).toMatchObject({
      stopReason: 'end_turn',
    })
  })
})

test('without a model, without a folder, without a session: what is wrong and what mends it', async () => {
  const root = mkdtempSync(join(above, 'bare-'))
  await drive(async (agent) => {
    const { sessionId } = await agent.request(methods.agent.session.new, { cwd: root, mcpServers: [] })
    const prompt = agent.request(methods.agent.session.prompt, ask(sessionId, 'add refunds'))
    await expect(prompt).rejects.toThrow(/No language model is set up.*Set ANTHROPIC_API_KEY/)
    const missing = { cwd: join(root, 'missing'), mcpServers: [] }
    await expect(agent.request(methods.agent.session.new, missing)).rejects.toThrow('is not a folder')
    const unknown = { sessionId: 'nothing', cwd: root, mcpServers: [] }
    await expect(agent.request(methods.agent.session.load, unknown)).rejects.toThrow('Nothing here is called')
  })
  expect(existsSync(join(root, 'notes.txt'))).toBe(false)
})
