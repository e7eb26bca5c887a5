import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { SpokenTurn } from '../../../../../test/support/model-server-dialects.ts'
import { type Flaw, openFakeDoor } from '../../../../../test/support/model-server-door.ts'
import { agentNamed, type Driven, driveSession } from '../../../../../test/support/model-server-session.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { openJournal } from '../journal/open-journal.ts'
import type { AgentEvent } from '../loop/events.ts'

const removals: (() => void)[] = []
afterAll(() => {
  for (const remove of removals) remove()
})

const SERVER = `import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
pool.on('error', (error) => console.error(error.message))
const app = Fastify()

app.get('/seats/:id', async (request) => {
  const { rows } = await pool.query('SELECT id, free FROM seats WHERE id = $1', [request.params.id])
  return rows[0]
})

app.listen({ port: Number(process.env.PORT) })
`

const RACY = `
app.post('/bookings', async (request, reply) => {
  const { rows } = await pool.query('SELECT free FROM seats WHERE id = $1', [request.body.seat])
  if (rows[0].free < 1) return reply.code(409).send({ error: 'sold out' })
  await pool.query('UPDATE seats SET free = $1 WHERE id = $2', [rows[0].free - 1, request.body.seat])
  return reply.code(201).send({ seat: request.body.seat })
})
`

const SAFE = `
app.post('/bookings', async (request, reply) => {
  const { rowCount } = await pool.query('UPDATE seats SET free = free - 1 WHERE id = $1 AND free > 0', [request.body.seat])
  if (rowCount === 0) return reply.code(409).send({ error: 'sold out' })
  return reply.code(201).send({ seat: request.body.seat })
})
`

const RACE: Flaw = {
  ...{ probe: 'race', standard: 'integrity.acid', subject: 'POST /bookings × itself', file: 'src/server.js' },
  ...{ title: 'Two customers can book the last seat', where: /SET free = \$1/ },
}

const workspace = (files: Record<string, string> = {}) => {
  const { dir, remove } = writeFixture({
    'package.json': { name: 'seats', type: 'module', dependencies: { fastify: '5.0.0', pg: '8.0.0' } },
    'src/server.js': SERVER,
    'test/seats.test.js':
      "import { test } from 'node:test'\nimport assert from 'node:assert'\ntest('a seat', () => {\n  assert.equal(1, 1)\n})\n",
    ...files,
  })
  removals.push(remove)
  return dir
}

const LISTEN = 'app.listen({'
const write = (route: string): SpokenTurn => ({
  text: 'I add the route.',
  calls: [
    { tool: 'edit', input: { path: 'src/server.js', find: LISTEN, replace: `${route.trim()}\n\n${LISTEN}` } },
  ],
})
const swap = (from: string, to: string): SpokenTurn => ({
  calls: [{ tool: 'edit', input: { path: 'src/server.js', find: from.trim(), replace: to.trim() } }],
})
const look: SpokenTurn = { calls: [{ tool: 'read', input: { path: 'src/server.js' } }] }

const told = ({ server }: Driven, index: number): string => {
  const { messages } = server.requests[index]?.body ?? { messages: [] }
  const last = messages.at(-1)
  return typeof last?.content === 'string' ? last.content : JSON.stringify(last?.content)
}

/** How many obligations there are is for the registries to say. */
const uncounted = (text: string) => text.replaceAll(/\d+ proven/g, 'n proven')

const kinds = (events: readonly AgentEvent[]) => events.map(({ kind }) => kind)

describe('a session', () => {
  it('builds a route, is refuted on a race, repairs it, and ends proven', async () => {
    const root = workspace()
    const door = openFakeDoor(root, [RACE])
    const script = [
      look,
      write(RACY),
      { text: 'Done.' },
      swap(RACY, SAFE),
      { text: 'The update is conditional now.' },
    ]
    const driven = await driveSession(root, { script, door })
    const { outcome, journal } = driven
    expect(outcome).toMatchObject({ kind: 'proven', exitCode: 0, changed: ['src/server.js'], weakened: [] })
    expect(outcome.obligations.every(({ state }) => state === 'proven')).toBe(true)
    expect(outcome.spent).toMatchObject({ turns: 5, dollars: expect.any(Number) })
    expect(uncounted(told(driven, 3))).toMatchInlineSnapshot(`
      "[plimsoll] You stopped, and the engine checked the work as it is (attempt 1).
      1 refuted · n proven.
      Refuted
      ✖ race1 · high · race on POST /bookings × itself · Two customers can book the last seat
        why   read (A), read (B), write (A), write (B) (3 of 3)
        where src/server.js:13
        due   new route POST /bookings (src/server.js:13)
      Next: mend the cause, then prove race again; plimsoll replay race1 repeats the first.
      explain, findings and replay tell more of each. Stop again when it is mended."
    `)
    expect(door.proofs).toHaveLength(2)
    expect(readFileSync(join(root, 'src/server.js'), 'utf8')).toContain('free > 0')
    const entries = journal.branch().map(({ kind }) => kind)
    expect(entries.filter((kind) => kind === 'checkpoint')).toHaveLength(3)
    expect(entries.slice(0, 4)).toEqual(['begin', 'gates', 'checkpoint', 'message'])
    expect(entries.slice(-2)).toEqual(['ledger', 'end'])
  })

  it('is not moved by words: a false success exits 1', async () => {
    const root = workspace()
    const claim = { text: 'Everything is proven and all tests pass.' }
    const driven = await driveSession(root, {
      script: [write(RACY), claim, claim, claim],
      door: openFakeDoor(root, [RACE]),
      dialect: 'anthropic',
    })
    expect(driven.outcome).toMatchObject({ kind: 'stuck', exitCode: 1, said: claim.text })
    expect(uncounted(driven.outcome.reason)).toMatchInlineSnapshot(
      `"The model stopped 3 times on the same work, and the engine refuted the same. The proof stands at: 1 refuted · n proven."`,
    )
    expect(driven.server.requests).toHaveLength(4)
  })

  it('takes no proof of files that were changed meanwhile', async () => {
    const root = workspace()
    const fake = openFakeDoor(root)
    const door: typeof fake = {
      ...fake,
      prove: async (wishes) => {
        const proved = await fake.prove(wishes)
        const late = `app.get('/late', () => [])\n\n${LISTEN}`
        const file = join(root, 'src/server.js')
        if (fake.proofs.length === 1) writeFileSync(file, readFileSync(file, 'utf8').replace(LISTEN, late))
        return proved
      },
    }
    const stop = { text: 'Done.' }
    const driven = await driveSession(root, { script: [write(SAFE), stop, stop], door })
    expect(driven.server.requests).toHaveLength(3)
    expect(fake.proofs).toHaveLength(2)
    expect(driven.outcome).toMatchObject({ kind: 'proven', exitCode: 0 })
  })

  it('tells by the files before whether a finding on the whole backend is new', async () => {
    const whole = {
      probe: 'lost-ack',
      standard: 'integrity.acid',
      subject: 'the backend',
      title: 'It forgets',
    }
    const old = { ...whole, file: 'src/server.js', where: /pool\.on/ }
    const root = workspace()
    const done = { text: 'Done.' }
    const door = openFakeDoor(root, [old])
    const ask = { calls: [{ tool: 'prove', input: { only: ['lost-ack'] } }] }
    const first = await driveSession(root, { script: [write(SAFE), ask, done], door })
    const { outcome, events } = first
    expect(told(first, 2)).toContain('✖ lost1 · new or old: not known yet · high')
    expect(told(first, 2)).toContain('Since the work began: 1 new or old: not known yet (lost1).')
    expect(outcome).toMatchObject({ kind: 'proven', exitCode: 0 })
    expect(door.earlier).toEqual([['lost-ack']])
    const steps = events.flatMap((event) => (event.kind === 'progress' ? [event.text] : []))
    expect(steps).toContain('proving the files as they were at the start: lost-ack')
  })

  it('answers a question without a proof', async () => {
    const root = workspace()
    const door = openFakeDoor(root, [RACE])
    const { outcome } = await driveSession(root, {
      script: [look, { text: 'One route.' }],
      door,
      task: 'How many routes?',
    })
    expect(outcome).toMatchObject({ kind: 'answered', exitCode: 0, changed: [], said: 'One route.' })
    expect(door.proofs).toEqual([])
  })

  it('is not done where a change was asked for and none was made, whatever is said', async () => {
    const root = workspace()
    const claim = { text: 'I fixed the race; everything is proven.' }
    const alone = await driveSession(root, {
      ...{ script: [look, claim, claim], door: openFakeDoor(root, [RACE]) },
      task: 'Fix the race in POST /bookings.',
    })
    expect(alone.outcome).toMatchObject({ kind: 'unproven', exitCode: 4, changed: [], said: claim.text })
    expect(alone.outcome.reason).toBe('The task asks for a change, and no file was changed.')
    expect(told(alone, 2)).toContain('The task asks for a change, and no file was changed. Mend that now.')
  })

  it('holds each task against its own beginning, also where it was interrupted', async () => {
    const root = workspace()
    const door = () => openFakeDoor(root)
    const done = { text: 'Done.' }
    const first = await driveSession(root, { script: [write(SAFE), done], door: door() })
    expect(first.outcome.kind).toBe('proven')
    const again = await openJournal(root, first.journal.id)
    const idle = { script: [done, done], door: door(), journal: again, task: 'Add refunds.' }
    expect((await driveSession(root, idle)).outcome).toMatchObject({
      ...{ kind: 'unproven', exitCode: 4, changed: ['src/server.js'] },
    })
    const last = await openJournal(root, first.journal.id)
    const more = SAFE.replaceAll('bookings', 'holds')
    const goOn = { script: [write(more), done], door: door(), journal: last, task: '' }
    expect((await driveSession(root, goOn)).outcome).toMatchObject({ kind: 'proven', exitCode: 0 })
  })

  it('catches a test that was made easier to pass', async () => {
    const root = workspace()
    const weaken = {
      calls: [
        {
          tool: 'edit',
          input: { path: 'test/seats.test.js', find: "test('a seat'", replace: "test.skip('a seat'" },
        },
      ],
    }
    const stop = { text: 'Done.' }
    const { outcome } = await driveSession(root, {
      script: [weaken, stop, stop, stop],
      door: openFakeDoor(root),
    })
    expect(outcome).toMatchObject({ kind: 'stuck', exitCode: 1 })
    expect(outcome.weakened).toMatchObject([{ file: 'test/seats.test.js', kind: 'test' }])
  })

  it('says what is wrong with a call: no JSON, a wrong name or shape, nobody there, not allowed', async () => {
    const root = workspace()
    const driven = await driveSession(root, {
      door: openFakeDoor(root),
      task: 'Which routes are there?',
      script: [
        {
          calls: [
            { tool: 'read', input: '{"path": "src/ser' },
            { tool: 'reed', input: { path: 'src/server.js' } },
            { tool: 'read', input: { file: 'src/server.js' } },
            { tool: 'ask', input: { question: 'Which seats?' } },
            { tool: 'read', input: { path: '/etc/passwd' } },
          ],
        },
        { text: 'I see.' },
      ],
    })
    const answers = driven.server.requests[1]?.body.messages.filter(({ role }) => role === 'tool') ?? []
    expect(answers.map(({ content }) => content).join('\n')).toMatchInlineSnapshot(`
      "The arguments were no JSON object: Unterminated string in JSON at position 17. Nothing was run. A right call of read: {"path":"…"}
      There is no tool "reed"; did you mean "read"?
      Wrong input; nothing was run. path: Invalid input: expected string, received undefined; the input: Unrecognized key: "file". A right call of read: {"path":"…"}
      Nobody is there to answer. Take the most careful reading of the task, and say in your last message which one you took.
      read of "/etc/passwd" is not allowed, and no setting lifts this: it lies outside of the workspace. Instead: keep to files of the workspace; for scratch files use /tmp in a command."
    `)
  })

  it('ends early and cheaply when a call is made again and again', async () => {
    const root = workspace()
    const driven = await driveSession(root, { script: () => look, door: openFakeDoor(root) })
    expect(driven.outcome).toMatchObject({ kind: 'stuck', exitCode: 4 })
    expect(driven.server.requests).toHaveLength(4)
    expect(told(driven, 3)).toMatch(/^Not run: this very call of read was made 2 times/)
  })

  it('stops before the request that would go beyond its budget', async () => {
    const root = workspace()
    const script = () => ({ ...look, calls: [{ tool: 'grep', input: { pattern: `x${Math.random()}` } }] })
    const none = { dollars: null, tokens: null, turns: null, minutes: null }
    const turns = await driveSession(root, {
      script,
      door: openFakeDoor(root),
      budget: { ...none, turns: 3 },
    })
    expect(turns.outcome).toMatchObject({ kind: 'budget', exitCode: 6, spent: { turns: 3 } })
    expect(turns.server.requests).toHaveLength(3)
    const journal = await openJournal(root, turns.journal.id)
    const again = { script, door: openFakeDoor(root), budget: { ...none, turns: 3 }, journal, task: '' }
    const resumed = await driveSession(root, again)
    expect(resumed.outcome).toMatchObject({ kind: 'budget', exitCode: 6, spent: { turns: 0 } })
    expect(resumed.outcome.reason).toContain('the 3 turns are used up, counting what was spent before')
    const dear = await driveSession(root, {
      script,
      door: openFakeDoor(root),
      budget: { ...none, dollars: 0.02 },
    })
    expect(dear.outcome).toMatchObject({ kind: 'budget', exitCode: 6 })
    expect(dear.outcome.spent.dollars).toBeLessThan(0.02)
  })

  it('gives a child less than it has, and counts what the child spends', async () => {
    const root = workspace()
    const cast = [
      agentNamed('backend'),
      agentNamed('frontend', {
        tools: { kind: 'only', tools: ['read', 'edit'] },
        instructions: 'SCREENS ONLY',
      }),
    ]
    const script = [
      { calls: [{ tool: 'delegate', input: { agent: 'frontend', task: 'Name the route.' } }] },
      {
        calls: [
          { tool: 'bash', input: { command: 'ls' } },
          { tool: 'edit', input: { path: 'a.txt', find: 'a', replace: 'b' } },
        ],
      },
      { text: 'It is GET /seats/:id.' },
      { text: 'The child says so.' },
    ]
    const driven = await driveSession(workspace({ 'a.txt': 'a\n' }), {
      script,
      door: openFakeDoor(root),
      cast,
      task: 'What is the route called?',
    })
    expect(driven.outcome.spent.turns).toBe(4)
    expect(driven.journal.branch().filter(({ kind }) => kind === 'spent')).toHaveLength(4)
    const child = driven.server.requests[1]?.body
    const names = JSON.stringify(child?.tools)
    expect(names).toContain('"edit"')
    expect(names).not.toMatch(/"bash"|"delegate"/)
    expect(JSON.stringify(child?.messages)).toContain('SCREENS ONLY')
    expect(told(driven, 3)).toMatchInlineSnapshot(`
      "frontend: ended
      It is GET /seats/:id.
      It changed: a.txt."
    `)
  })

  it('leaves a whole journal when it is interrupted, and goes on from it', async () => {
    const root = workspace()
    const stop = new AbortController()
    const first = await driveSession(root, {
      script: [write(RACY), look],
      door: openFakeDoor(root, [RACE]),
      signal: stop.signal,
      onEvent: (event) => {
        if (event.kind === 'answer' && event.tool === 'edit') stop.abort(new Error('Ctrl-C'))
      },
    })
    expect(first.outcome).toMatchObject({ kind: 'interrupted', exitCode: 130, changed: ['src/server.js'] })
    expect(first.journal.branch().at(-1)).toMatchObject({ kind: 'end', outcome: 'interrupted' })
    const journal = await openJournal(root, first.journal.id)
    const second = await driveSession(root, {
      script: [swap(RACY, SAFE), { text: 'Done.' }],
      door: openFakeDoor(root, [RACE]),
      journal,
      task: '',
    })
    expect(second.outcome).toMatchObject({ kind: 'proven', exitCode: 0, changed: ['src/server.js'] })
    const sent = second.server.requests[0]?.body.messages.map(({ role }) => role)
    expect(sent).toEqual(['system', 'user', 'assistant', 'tool', 'user'])
  })

  it('asks the person where somebody is there, and takes a no', async () => {
    const root = workspace()
    const rules = [{ tool: 'edit', pattern: '*', action: 'ask' as const, from: 'test' }]
    const asked: unknown[] = []
    const driven = await driveSession(root, {
      ...{ script: [write(RACY), { text: 'Then not.' }], door: openFakeDoor(root), rules },
      approve: async (approval) => {
        asked.push(approval)
        return 'no'
      },
    })
    expect(asked).toMatchObject([
      { tool: 'edit', subject: 'src/server.js', diff: expect.stringContaining('+app.post') },
    ])
    expect(kinds(driven.events)).toContain('denied')
    expect(driven.outcome).toMatchObject({ kind: 'unproven', exitCode: 4, changed: [] })
  })

  it('ends at once while a question to the person is open', async () => {
    const root = workspace()
    const stop = new AbortController()
    const driven = await driveSession(root, {
      ...{ script: [write(RACY)], door: openFakeDoor(root), signal: stop.signal },
      rules: [{ tool: 'edit', pattern: '*', action: 'ask', from: 'test' }],
      approve: () => {
        stop.abort(new Error('Ctrl-C'))
        return new Promise(() => {})
      },
    })
    expect(driven.outcome).toMatchObject({ kind: 'interrupted', exitCode: 130, changed: [] })
  })

  it('says what the provider said when it fails for good', async () => {
    const root = workspace()
    const driven = await driveSession(root, {
      script: [{ status: 401, message: 'bad key' }],
      door: openFakeDoor(root),
    })
    expect(driven.outcome).toMatchObject({ kind: 'failed', exitCode: 5 })
    expect(driven.outcome.reason).toMatchInlineSnapshot(
      `"compatible/scripted did not answer: status 401, "bad key"."`,
    )
  })

  it('keeps what matters when the conversation becomes too long', async () => {
    const root = workspace({ 'big.txt': `${'a line of a long file\n'.repeat(400)}` })
    const read = (offset: number) => ({
      text: `Reading from ${offset}.`,
      calls: [{ tool: 'read', input: { path: 'big.txt', offset, limit: 200 } }],
    })
    const turns = [
      write(RACY),
      { text: 'Done.' },
      ...Array.from({ length: 12 }, (_, index) => read(index + 1)),
    ]
    const driven = await driveSession(root, {
      script: (_, index) => turns[index] ?? { text: 'Enough.' },
      ...{ door: openFakeDoor(root, [RACE]), task: 'Add POST /bookings, and keep to the style.' },
      contextTokens: 16_000,
    })
    const compacted = driven.events.flatMap((event) => (event.kind === 'compacted' ? [event] : []))
    expect(compacted.length).toBeGreaterThan(0)
    expect(compacted.every(({ before, after }) => after < before * 0.8)).toBe(true)
    const sent = driven.server.requests.map(({ body }) => JSON.stringify(body))
    const note = sent.find((text) => text.includes('The conversation became too long')) ?? ''
    expect(note.includes('Add POST /bookings, and keep to the style.')).toBe(true)
    expect(note.includes('Two customers can book the last seat')).toBe(true)
    expect(note.includes('Files changed since the start:\\nsrc/server.js')).toBe(true)
    expect(Math.max(...sent.map(({ length }) => length)) / 4).toBeLessThan(16_000)
  })
})
