import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type ModelServer, openModelServer, type Script } from '../../../../../test/support/model-server.ts'
import { say } from '../../../../../test/support/say.ts'
import { listSessions } from '../../agent/journal/summarise.ts'
import { parseBudget } from '../parse-budget.ts'

const above = mkdtempSync(join(tmpdir(), 'plimsoll-do-'))
const servers: ModelServer[] = []
afterAll(async () => {
  for (const server of servers) await server.close()
  rmSync(above, { recursive: true, force: true })
})

/** A folder with one note in it, and a model that says what the script holds. */
const openFolder = async (script: Script) => {
  const server = await openModelServer(script)
  servers.push(server)
  const root = mkdtempSync(join(above, 'work-'))
  writeFileSync(join(root, 'notes.txt'), 'one\n')
  const agent = { model: 'compatible/scripted', baseUrl: server.url }
  writeFileSync(join(root, 'plimsoll.config.json'), JSON.stringify({ agent }))
  return { root, server }
}

const call = (tool: string, input: Record<string, unknown>) => ({ calls: [{ tool, input }] })
const APPEND = call('write', { path: 'more.txt', content: 'two\n' })

const eventsOf = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
/** How long the prompt is changes with its words. */
const clean = (text: string) =>
  text.replace(/\d{8}-[a-z0-9]{5}/g, 'SESSION').replace(/[\d.]+k tokens/, 'n tokens')

test('a task in words needs no command; the end says what was done and how to undo it', async () => {
  const { root } = await openFolder([APPEND, { text: 'I wrote more.txt.' }])
  const { exitCode, out, err } = await say(root, 'write a second note', '--yes')
  expect(err).toBe('')
  expect(clean(out)).toMatchInlineSnapshot(`
    "
      I wrote more.txt.

      ANSWERED (exit 0): Nothing was changed that asks for a proof.
      changed  more.txt
      spent    2 turns · 9506 tokens
      undo     plimsoll undo SESSION
      resume   plimsoll do --resume SESSION "…"
    "
  `)
  expect(exitCode).toBe(0)
  expect(readFileSync(join(root, 'more.txt'), 'utf8')).toBe('two\n')
  await say(root, 'undo')
  expect(existsSync(join(root, 'more.txt'))).toBe(false)
})

test('--json prints events and nothing else, the outcome last', async () => {
  const { root } = await openFolder([APPEND, { text: 'Done.' }])
  const { exitCode, out, err } = await say(root, 'do', 'write', 'a', 'note', '--json', '--yes')
  const events = eventsOf(out)
  expect([exitCode, err]).toEqual([0, ''])
  expect(events[0]).toMatchObject({ kind: 'note' })
  expect(events.map(({ kind }) => kind)).toContain('answer')
  expect(events.at(-1)).toMatchObject({
    kind: 'end',
    outcome: { kind: 'answered', exitCode: 0, changed: ['more.txt'], said: 'Done.' },
  })
})

test('--read-only changes nothing, and says so to the model', async () => {
  const { root, server } = await openFolder([APPEND, { text: 'I may not.' }])
  const { out } = await say(root, 'do', '--read-only', '--yes', '--json', 'write a note')
  expect(existsSync(join(root, 'more.txt'))).toBe(false)
  expect(eventsOf(out).find(({ kind }) => kind === 'denied')).toMatchObject({ tool: 'write' })
  expect(JSON.stringify(server.requests[1]?.body.messages)).toContain('read-only')
})

test('a session goes on where it ended, with what was said before', async () => {
  const { root, server } = await openFolder([{ text: 'First answer.' }, { text: 'Second answer.' }])
  await say(root, 'tell me one thing')
  const { exitCode } = await say(root, 'do', '--resume', 'and another thing')
  expect(exitCode).toBe(0)
  const seen = JSON.stringify(server.requests[1]?.body.messages)
  expect(seen).toContain('tell me one thing')
  expect(seen).toContain('First answer.')
  expect(seen).toContain('and another thing')
  expect(await listSessions(root)).toHaveLength(1)
})

test('a fork goes on from an earlier entry, with the files of then', async () => {
  const { root, server } = await openFolder([
    { text: 'First answer.' },
    APPEND,
    { text: 'Written.' },
    { text: 'Third answer.' },
  ])
  await say(root, 'tell me one thing')
  const [session] = await listSessions(root)
  const shown = (await say(root, 'sessions', 'show')).out
  const entry = /(e\d+) +agent/.exec(shown)?.[1] ?? ''
  await say(root, 'do', '--resume', '--yes', 'write a note')
  const { exitCode } = await say(
    root,
    'do',
    '--fork',
    session?.id ?? '',
    '--at',
    entry,
    'tell me a third thing',
  )
  expect(exitCode).toBe(0)
  expect(existsSync(join(root, 'more.txt'))).toBe(false)
  const seen = JSON.stringify(server.requests[3]?.body.messages)
  expect(seen).toContain('First answer.')
  expect(seen).not.toContain('Written.')
})

test('without a model: the fault of that name, and nothing is left behind', async () => {
  const root = mkdtempSync(join(above, 'bare-'))
  const { exitCode, out, err } = await say(root, 'add refunds to orders')
  expect([exitCode, out]).toEqual([5, ''])
  expect(err).toMatchInlineSnapshot(`
    "✖ No language model is set up, and this needs one: no model is configured, and no key of a provider is in the environment.
      Set ANTHROPIC_API_KEY, OPENAI_API_KEY or GOOGLE_GENERATIVE_AI_API_KEY, or "agent": {"model": "compatible/<name>", "baseUrl": "http://localhost:11434/v1"} in plimsoll.config.json. Without a model: plimsoll prove, plimsoll fix, plimsoll mcp.
      E_NO_MODEL · exit 5
    "
  `)
  expect(existsSync(join(root, '.plimsoll'))).toBe(false)
})

test('a provider that refuses ends with 5, and the session can go on', async () => {
  const { root } = await openFolder([{ status: 401, message: 'bad key' }, { text: 'Here I am.' }])
  const first = await say(root, 'tell me one thing')
  expect(first.exitCode).toBe(5)
  expect(first.out).toContain('FAILED')
  expect((await say(root, 'do', '--resume')).exitCode).toBe(0)
})

test('the agent that is named, or none of that name', async () => {
  const { root } = await openFolder([{ text: 'I reviewed it.' }])
  const { out } = await say(root, '@security review the login', '--json')
  expect(eventsOf(out).find(({ kind }) => kind === 'begin')).toMatchObject({
    agent: 'security',
    task: 'review the login',
  })
  const { exitCode, err } = await say(root, '@securty review the login')
  expect([exitCode, err]).toEqual([2, expect.stringContaining('Did you mean "security"?')])
})

test('words that make no sense together', async () => {
  const { root } = await openFolder([])
  expect((await say(root, 'do')).err).toContain('there is no task')
  expect((await say(root, 'do', 'x', '--at', 'e1')).err).toContain('--at: goes with --fork')
  expect((await say(root, 'do', 'x', '--budget', 'much')).err).toContain('"much" is none of $2')
})

test.each([
  ['$2', { dollars: 2, tokens: null, minutes: null }],
  ['1.5usd', { dollars: 1.5, tokens: null, minutes: null }],
  ['200k', { dollars: null, tokens: 200_000, minutes: null }],
  ['2M tokens', { dollars: null, tokens: 2_000_000, minutes: null }],
  ['$2,30m', { dollars: 2, tokens: null, minutes: 30 }],
  ['0', null],
  ['lots', null],
])('a budget: %s', (text, budget) => {
  expect(parseBudget(text)).toEqual(budget)
})
