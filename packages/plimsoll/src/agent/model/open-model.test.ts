import { convertArrayToReadableStream, MockLanguageModelV3 } from 'ai/test'
import { afterEach, describe, expect, it } from 'vitest'
import { type ModelServer, openModelServer, type Script } from '../../../../../test/support/model-server.ts'
import { Fault } from '../../base/errors/fault.ts'
import { asModel, PATIENCE } from './adapter.ts'
import type { Message, Model, ModelEvent, ModelRequest } from './model.ts'
import { openModel } from './open-model.ts'

const servers: ModelServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

const TOOL = {
  id: 'mcp:docs:find',
  description: 'Finds pages.',
  input: { type: 'object', properties: { words: { type: 'string' } }, required: ['words'] },
}

const HASTY = { ...PATIENCE, retries: 2, firstWaitMs: 1, mostWaitMs: 4 }

const start = async (script: Script, dialect: 'openai' | 'anthropic' = 'openai', patience = HASTY) => {
  const server = await openModelServer(script)
  servers.push(server)
  const signal = new AbortController().signal
  const own = { signal, patience, onWarning: () => {} }
  const model =
    dialect === 'openai'
      ? await openModel({ ...own, wishes: { baseUrl: server.url, model: 'compatible/scripted' }, env: {} })
      : await openModel({
          ...{ ...own, wishes: { model: 'anthropic/claude-opus-5-5' } },
          env: { ANTHROPIC_API_KEY: 'sk-test', ANTHROPIC_BASE_URL: server.url.replace('/v1', '') },
        })
  return { server, model }
}

const request = (messages: readonly Message[] = [{ role: 'user', text: 'hello' }]): ModelRequest => ({
  ...{ system: 'Be exact.', messages, tools: [TOOL], signal: new AbortController().signal },
})

const ask = async (model: Model, asked = request()): Promise<ModelEvent[]> => {
  const events: ModelEvent[] = []
  for await (const event of model.stream(asked)) events.push(event)
  return events
}

const textOf = (events: readonly ModelEvent[]) =>
  events.flatMap((event) => (event.kind === 'text' ? [event.text] : [])).join('')

const failureOf = async (model: Model): Promise<Fault> => {
  const thrown = await ask(model).catch((error: unknown) => error)
  if (!(thrown instanceof Fault)) throw new Error('no fault', { cause: thrown })
  return thrown
}

describe.each(['openai', 'anthropic'] as const)('a model that speaks as %s does', (dialect) => {
  it('says text and calls tools, with what it counted', async () => {
    const turn = {
      text: 'I look it up: “Öl”.',
      calls: [
        { tool: 'mcp_docs_find', input: { words: 'lock "row" für' } },
        { tool: 'mcp_docs_find', input: { words: 'x' } },
      ],
      usage: { input: 900, output: 44, cached: 300 },
    }
    const { model, server } = await start([turn], dialect)
    const events = await ask(model)
    expect(textOf(events)).toBe(turn.text)
    const calls = events.flatMap((event) => (event.kind === 'call' ? [event.call] : []))
    expect(calls.map(({ tool, input }) => ({ tool, input }))).toEqual([
      { tool: 'mcp:docs:find', input: { words: 'lock "row" für' } },
      { tool: 'mcp:docs:find', input: { words: 'x' } },
    ])
    expect(events.at(-1)).toMatchObject({
      ...{ kind: 'end', reason: 'calls' },
      usage: { input: 900, output: 44, cachedInput: 300 },
    })
    expect(server.requests[0]?.body).toMatchObject({ stream: true })
  })

  it('hands on arguments that are no JSON as they are', async () => {
    const { model } = await start([{ calls: [{ tool: 'mcp_docs_find', input: '{"words": "a' }] }], dialect)
    const events = await ask(model)
    expect(events.find(({ kind }) => kind === 'call')).toMatchObject({
      call: { tool: 'mcp:docs:find', input: { malformed: '{"words": "a' } },
    })
  })

  it('tries again after limits, overload, errors in the stream and cuts, and drops what was said', async () => {
    const { model, server } = await start(
      (_, index) =>
        [
          { status: 429, message: 'slow down', retryAfter: '0' },
          { cut: { text: 'half of an answer that nobody gets to see whole' } },
          { text: 'whole' },
        ][index] ?? { status: 418 },
      dialect,
    )
    const events = await ask(model)
    const kinds = events.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'retry')).toHaveLength(2)
    const last = kinds.lastIndexOf('retry')
    expect(textOf(events.slice(last))).toBe('whole')
    expect(server.requests).toHaveLength(3)
  })

  it.each([
    [{ status: 529, message: 'Overloaded' }],
    [{ status: 500, message: 'oops' }],
    [{ reports: 'overloaded_error', message: 'Overloaded' }],
  ])('takes %j for passing', async (turn) => {
    const { model } = await start([turn, { text: 'again' }], dialect)
    expect(textOf((await ask(model)).slice(-3))).toContain('again')
  })

  it('takes silence for a cut', async () => {
    const silent = { silent: { text: 'nothing follows' }, after: 0.3 }
    const script: Script = (_, index) => (index === 0 ? silent : { text: 'again' })
    const { model, server } = await start(script, dialect, { ...HASTY, idleMs: 1_000 })
    expect(textOf((await ask(model)).slice(-3))).toContain('again')
    expect(server.requests.length).toBeGreaterThan(1)
  })

  it.each([
    [401, 'invalid x-api-key', 'key'],
    [404, 'no such model', 'name'],
    [400, 'prompt is too long: 210000 tokens > 200000 maximum', 'context'],
    [429, 'You exceeded your current quota, please check your plan and billing details', 'quota'],
  ])('does not repeat a %i of "%s"', async (status, message, why) => {
    const { model, server } = await start([{ status, message }], dialect)
    const failure = await failureOf(model)
    expect(failure.details.why).toBe(why)
    expect(failure.message).toContain(`status ${status}, "${message}"`)
    expect(server.requests).toHaveLength(1)
  })

  it('tells a cut at the limit and a refusal from a stop', async () => {
    const { model } = await start(
      [
        { text: 'long', end: 'length' },
        { text: 'no', end: 'refused' },
      ],
      dialect,
    )
    expect((await ask(model)).at(-1)).toMatchObject({ reason: 'cut' })
    expect((await ask(model)).at(-1)).toMatchObject({ reason: 'refused' })
  })

  it('ends at once when it is told to', async () => {
    const { model } = await start([{ silent: { text: 'one two three '.repeat(40) }, after: 0.5 }], dialect)
    const stop = new AbortController()
    const asked = { ...request(), signal: stop.signal }
    const seen = (async () => {
      for await (const event of model.stream(asked))
        if (event.kind === 'text') stop.abort(new Error('enough'))
    })()
    await expect(seen).rejects.toThrow('enough')
  })
})

describe('a model', () => {
  it('may be any that the SDK knows: the same adapter serves a mock', async () => {
    const language = new MockLanguageModelV3({
      doStream: async () => ({
        stream: convertArrayToReadableStream([
          { type: 'text-start', id: '1' },
          { type: 'text-delta', id: '1', delta: 'hello' },
          { type: 'text-end', id: '1' },
          {
            type: 'finish',
            finishReason: { unified: 'stop', raw: 'stop' },
            usage: {
              inputTokens: { total: 7, noCache: 7, cacheRead: 0, cacheWrite: 0 },
              outputTokens: { total: 1, text: 1, reasoning: 0 },
            },
          },
        ]),
      }),
    })
    const model = asModel(language, { id: 'mock/one', contextTokens: 1_000, price: null }, HASTY)
    expect((await ask(model)).at(-1)).toMatchObject({
      kind: 'end',
      reason: 'stop',
      usage: { input: 7, output: 1 },
    })
    expect(language.doStreamCalls[0]?.tools).toMatchObject([{ name: 'mcp_docs_find' }])
  })

  it('gets its signed thoughts back, unread, and marks what may be cached', async () => {
    const { model, server } = await start([{ thought: 'first look', text: 'a' }, { text: 'b' }], 'anthropic')
    const end = (await ask(model)).at(-1)
    const thoughts = end?.kind === 'end' ? (end.thoughts ?? []) : []
    expect(thoughts).toMatchObject([
      { text: 'first look', provider: { anthropic: { signature: expect.any(String) } } },
    ])
    const call = { id: 'toolu_1', tool: TOOL.id, input: { words: 'x' } }
    await ask(
      model,
      request([
        { role: 'user', text: 'hello' },
        { role: 'assistant', text: 'a', calls: [call], thoughts },
        { role: 'tool', call: 'toolu_1', tool: TOOL.id, text: 'found', failed: false },
      ]),
    )
    const body = server.requests[1]?.body
    expect(body?.messages[1]).toMatchObject({
      content: [
        { type: 'thinking', thinking: 'first look', signature: expect.any(String) },
        { type: 'text', text: 'a' },
        { type: 'tool_use', id: 'toolu_1', name: 'mcp_docs_find', input: { words: 'x' } },
      ],
    })
    const cached = { cache_control: { type: 'ephemeral' } }
    expect(body).toMatchObject({ system: [cached], tools: [cached] })
    expect(body?.messages[2]).toMatchObject({ content: [{ type: 'tool_result', ...cached }] })
  })

  it('says what to do when nothing answers', async () => {
    const { model, server } = await start([])
    await server.close()
    const failure = await failureOf(model)
    expect(`${failure.message}\n${failure.hint}`.replace(/:\d+/, ':1')).toMatchInlineSnapshot(`
      "compatible/scripted did not answer: nothing listens at http://127.0.0.1:1.
      See that the server is up and that its address is right ("agent": {"baseUrl": …})."
    `)
  })

  it('gives up after some attempts, and says how many', async () => {
    const { model } = await start([{ status: 503 }, { status: 503 }, { status: 503 }])
    expect((await failureOf(model)).message).toMatchInlineSnapshot(
      `"compatible/scripted did not answer: status 503, "no" (3 attempts)."`,
    )
  })
})
