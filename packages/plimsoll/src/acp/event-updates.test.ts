import { expect, test } from 'vitest'
import type { AgentEvent } from '../agent/loop/events.ts'
import type { Obligation } from '../agent/obligations/obligation.ts'
import { diffContents } from './call-updates.ts'
import { createUpdates } from './event-updates.ts'

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

const play = (events: readonly AgentEvent[]) => {
  const toUpdates = createUpdates('/work')
  return events.flatMap(toUpdates)
}

test('a proof of the engine is one call, from the first line to the verdicts', () => {
  const open = [obligation('race', 'not-run'), obligation('contract', 'not-run')]
  const settled = [obligation('race', 'refuted', 'two refunds'), obligation('contract', 'proven')]
  const weakened = [{ file: 'test/a.test.ts', kind: 'test', how: 'deleted', place: null }] as const
  const updates = play([
    { kind: 'obligations', obligations: open, weakened: [] },
    { kind: 'progress', id: 'proof', text: 'race' },
    { kind: 'obligations', obligations: settled, weakened },
    { kind: 'obligations', obligations: [obligation('race', 'proven')], weakened: [] },
  ])
  expect(updates).toMatchObject([
    { sessionUpdate: 'tool_call', toolCallId: 'proof-1', status: 'in_progress', kind: 'execute' },
    { sessionUpdate: 'tool_call_update', toolCallId: 'proof-1' },
    {
      toolCallId: 'proof-1',
      status: 'failed',
      content: [
        {
          content: {
            text: '- refuted: race (POST /refunds): two refunds\n- proven: contract (POST /refunds)\n- weakened: test/a.test.ts: deleted',
          },
        },
      ],
    },
    { sessionUpdate: 'tool_call', toolCallId: 'proof-2' },
    { toolCallId: 'proof-2', status: 'completed' },
  ])
})

test('what was refused, waited for or summed up is told', () => {
  const updates = play([
    { kind: 'denied', id: 'c1', tool: 'bash', reason: 'it leaves the workspace' },
    { kind: 'retry', attempt: 1, waitMs: 4000, reason: 'overloaded' },
    { kind: 'compacted', before: 9000, after: 800 },
    {
      kind: 'turn',
      turn: 1,
      usage: { input: 1, output: 1, cachedInput: null },
      spent: { turns: 1, input: 1, output: 1, dollars: null },
    },
  ])
  expect(updates).toMatchObject([
    {
      toolCallId: 'c1',
      status: 'failed',
      content: [{ content: { text: 'Not allowed: it leaves the workspace' } }],
    },
    { sessionUpdate: 'agent_thought_chunk', content: { text: 'Again in 4.0 s: overloaded\n' } },
    { content: { text: 'Earlier messages were summed up: 9000 tokens are 800 now.\n' } },
  ])
})

test('a diff of several files, one of them new and one gone', () => {
  const diff = `diff --git a/a.ts b/a.ts
--- a/a.ts
+++ b/a.ts
@@ -1,2 +1,2 @@
 one
-two
+three
--- /dev/null
+++ b/new.ts
@@ -0,0 +1 @@
+fresh
--- a/old.ts
+++ /dev/null
@@ -1 +0,0 @@
-gone
`
  expect(diffContents(diff, '/work')).toEqual([
    { type: 'diff', path: '/work/a.ts', oldText: 'one\ntwo\n', newText: 'one\nthree\n' },
    { type: 'diff', path: '/work/new.ts', oldText: null, newText: 'fresh\n' },
    { type: 'diff', path: '/work/old.ts', oldText: 'gone\n', newText: '' },
  ])
})
