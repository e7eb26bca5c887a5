import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { Screen } from '../../../../../test/support/screen.ts'
import type { AgentEvent, Outcome } from '../../agent/loop/events.ts'
import type { Obligation } from '../../agent/obligations/obligation.ts'
import { createTalk } from './create-talk.ts'

const usage = { input: 2000, output: 400, cachedInput: null }
const spent = { turns: 1, input: 12_000, output: 400, dollars: 0.081 }
const diff = `--- a/src/refunds.ts
+++ b/src/refunds.ts
@@ -1,2 +1,3 @@
 import { db } from './db.ts'
+import { z } from 'zod'
-const a = 1
`

const obligation = (probe: string, state: Obligation['state'], detail = ''): Obligation => ({
  probe,
  standard: 'integrity.acid',
  subjects: ['POST /refunds'],
  reasons: [],
  state,
  detail,
  unreached: [],
  findings: [],
  run: null,
})

const outcome: Outcome = {
  kind: 'refuted',
  exitCode: 1,
  reason: 'race is refuted.',
  obligations: [],
  weakened: [],
  spent,
  changed: ['src/refunds.ts'],
  session: '20261123-k3f9x',
  said: 'Done.',
}

const events: AgentEvent[] = [
  {
    kind: 'begin',
    session: '20261123-k3f9x',
    agent: 'backend',
    model: 'anthropic/claude-x',
    task: 'add refunds',
    enforcement: ['The network is not held back here: bubblewrap is not installed.'],
  },
  { kind: 'text', text: 'I look at how orders are stored, ' },
  { kind: 'text', text: 'then add the route beside them, with a conditional update so that two refunds ' },
  { kind: 'text', text: 'cannot both win.\n\nFirst the schema.' },
  { kind: 'call', id: '1', tool: 'read', title: 'Title', input: { path: 'src/db.ts' }, agent: 'backend' },
  { kind: 'answer', id: '1', tool: 'read', text: '…', failed: false, changed: [], diff: null },
  { kind: 'turn', turn: 1, usage, spent },
  {
    kind: 'call',
    id: '2',
    tool: 'edit',
    title: 'Title',
    input: { path: 'src/refunds.ts' },
    agent: 'backend',
  },
  { kind: 'answer', id: '2', tool: 'edit', text: 'ok', failed: false, changed: ['src/refunds.ts'], diff },
  {
    kind: 'call',
    id: '3',
    tool: 'bash',
    title: 'Title',
    input: { command: 'npm\n test' },
    agent: 'security',
  },
  {
    kind: 'answer',
    id: '3',
    tool: 'bash',
    text: '\nexit 1: 2 tests failed',
    failed: true,
    changed: [],
    diff: null,
  },
  { kind: 'call', id: '4', tool: 'bash', title: 'Title', input: { command: 'psql $PROD' }, agent: 'backend' },
  { kind: 'denied', id: '4', tool: 'bash', reason: 'That database is not the lab’s. Use the query tool.' },
  { kind: 'retry', attempt: 1, waitMs: 4000, reason: 'the provider is overloaded (529)' },
  { kind: 'compacted', before: 120_000, after: 8000 },
  {
    kind: 'obligations',
    obligations: [
      obligation('contract', 'proven'),
      obligation('race', 'refuted', 'two refunds of one order'),
      obligation('idempotency', 'not-run'),
    ],
    weakened: [{ file: 'test/a.test.ts', kind: 'test', how: 'deleted', place: null }],
  },
  { kind: 'call', id: '5', tool: 'prove', title: 'Title', input: { only: ['race'] }, agent: 'backend' },
  { kind: 'progress', id: '5', text: 'first\nagain, 2 of 3\n' },
  { kind: 'end', outcome },
]

const open = (options: { isTTY: boolean; color?: boolean }) => {
  const screen = new Screen()
  const input = new PassThrough()
  const stop = new AbortController()
  let tick = () => {}
  const talk = createTalk({
    stream: { write: (text) => screen.write(text), columns: 80 },
    input,
    color: false,
    width: 80,
    nowMs: () => 7_000,
    signal: stop.signal,
    every: (_, redraw) => {
      tick = redraw
      return () => {
        tick = () => {}
      }
    },
    ...options,
  })
  return { screen, input, talk, stop, redraw: () => tick() }
}

const play = (options: { isTTY: boolean; color?: boolean }, until = events.length) => {
  const opened = open(options)
  for (const event of events.slice(0, until)) {
    opened.talk.on(event)
    opened.redraw()
  }
  return opened
}

test('a session at 80 columns', () => {
  const { screen, talk } = play({ isTTY: false })
  talk.done()
  expect(screen.written).not.toContain('\u001b')
  expect(screen.text()).toMatchInlineSnapshot(`
    "|⦵ backend · anthropic/claude-x · session 20261123-k3f9x|
    |
    |  note     The network is not held back here: bubblewrap is not installed.|
    |
    |  I look at how orders are stored, then add the route beside them, with a|
    |  conditional update so that two refunds cannot both win.|
    |
    |  First the schema.|
    |  ✓ read src/db.ts|
    |  ✓ edit src/refunds.ts                                                   +1 −1|
    |      @@ -1,2 +1,3 @@|
    |       import { db } from './db.ts'|
    |      +import { z } from 'zod'|
    |      -const a = 1|
    |  ✖ @security bash npm test|
    |      exit 1: 2 tests failed|
    |  ✖ bash psql $PROD · not allowed|
    |      That database is not the lab’s. Use the query tool.|
    |  wait     4.0 s, then again: the provider is overloaded (529)|
    |  note     Earlier messages were summed up: 120000 tokens are 8000 now.|
    |  prove    1 proven · 1 refuted · 1 not run · 1 gate weakened|
    |"
  `)
})

test('on a terminal the same lines, with what goes on below them', () => {
  const { screen } = play({ isTTY: true }, events.length - 1)
  expect(screen.text().split('\n').slice(-5).join('\n')).toMatchInlineSnapshot(`
    "|  prove    1 proven · 1 refuted · 1 not run · 1 gate weakened|
    |  ✖ race                 POST /refunds: two refunds of one order|
    |  · idempotency          POST /refunds|
    |  … prove race · again, 2 of 3 · 0 s · 1 turn · 12.4k tokens · $0.08|
    |"
  `)
  const whole = play({ isTTY: true }).screen
  expect(whole.text()).toBe(play({ isTTY: false }).screen.text())
  expect(whole.cursorShown).toBe(true)
})

test('text that is still coming is shown, and becomes lines once', () => {
  const { screen } = play({ isTTY: true }, 3)
  expect(screen.text().split('\n').slice(2).join('\n')).toMatchInlineSnapshot(`
    "|  note     The network is not held back here: bubblewrap is not installed.|
    |
    |  I look at how orders are stored, then add the route beside them, with a|
    |  conditional update so that two refunds |
    |  … thinking · 0 s|
    |"
  `)
})

test('colour changes no letter', () => {
  const colored = play({ isTTY: false, color: true }).screen.written
  expect(colored).toContain('\u001b')
  expect(stripVTControlCharacters(colored)).toBe(play({ isTTY: false }).screen.written)
})

const approval = {
  id: '1',
  tool: 'edit',
  title: 'edit src/refunds.ts',
  subject: 'src/refunds.ts',
  reason: 'Edits are asked for.',
  diff,
}

test.each([
  ['y\n', 'once'],
  ['a\n', 'session'],
  ['n\n', 'no'],
  ['use a transaction\n', { no: 'use a transaction' }],
  ['\n', 'no'],
])('an approval: %j is %j', async (typed, answer) => {
  const { talk, input } = open({ isTTY: true })
  const asked = talk.approve?.(approval)
  for (const line of typed.split(/(?<=\n)/)) {
    input.write(line)
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await asked).toEqual(answer)
})

test('an approval shows what would change', () => {
  const { screen, talk } = open({ isTTY: true })
  talk.approve?.(approval)
  expect(screen.text()).toMatchInlineSnapshot(`
    "|  ? edit src/refunds.ts|
    |    src/refunds.ts|
    |    Edits are asked for.|
    |      @@ -1,2 +1,3 @@|
    |       import { db } from './db.ts'|
    |      +import { z } from 'zod'|
    |      -const a = 1|
    |  allow?  y yes · a for this session · n no, or why not: |"
  `)
})

test('no command steers the terminal that it is asked about on', () => {
  const { screen, talk } = open({ isTTY: true })
  talk.approve?.({ ...approval, subject: 'rm -rf src\u001b[2K\rls', diff: null })
  expect(screen.written).toContain('rm -rf src␛[2K␍ls')
})

test('a question with choices takes a number or any words', async () => {
  const { talk, input } = open({ isTTY: true })
  const first = talk.ask?.('Which store?', ['PostgreSQL', 'SQLite'])
  input.write('2\n')
  expect(await first).toBe('SQLite')
  const second = talk.ask?.('Which store?', ['PostgreSQL', 'SQLite'])
  input.write('neither\n')
  expect(await second).toBe('neither')
  const next = talk.next?.()
  input.write('\n')
  expect(await next).toBeNull()
})

test('an interrupt answers what was asked with no, and says what happens', async () => {
  const { talk, stop, screen } = open({ isTTY: true })
  talk.on({ kind: 'note', text: 'it goes on' })
  const asked = talk.approve?.(approval)
  stop.abort('SIGINT')
  expect(await asked).toBe('no')
  expect(screen.written).toContain('stopping  what runs is ended in order; Ctrl-C again ends at once')
})

test('nobody is asked where nobody sits', () => {
  const { talk } = open({ isTTY: false })
  expect([talk.approve, talk.ask, talk.next]).toEqual([null, null, null])
})
