import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reasonToLetGo, rememberHeld } from './hook-memory.ts'
import { readAsked, writeAnswer } from './hooks.ts'
import type { HookHost } from './index.ts'

test.each<[HookHost, object, object]>([
  ['claude-code', { decision: 'block', reason: 'why' }, { systemMessage: 'note' }],
  ['codex', { decision: 'block', reason: 'why' }, { systemMessage: 'note' }],
  ['gemini', { decision: 'deny', reason: 'why' }, { systemMessage: 'note' }],
  ['copilot', { decision: 'block', reason: 'why' }, {}],
  ['opencode', { decision: 'block', reason: 'why' }, { systemMessage: 'note' }],
  ['cursor', { followup_message: 'why' }, {}],
])('%s is told in its own words', (host, held, free) => {
  expect(JSON.parse(writeAnswer(host, { hold: true, reason: 'why' }))).toEqual(held)
  expect(JSON.parse(writeAnswer(host, { hold: false, note: 'note' }))).toEqual(free)
  expect(writeAnswer(host, { hold: false, note: null })).toBe('{}\n')
})

const NOTHING = { session: '', cwd: null, transcript: null, again: false, aborted: false }

test.each<[unknown, object]>([
  [
    {
      session_id: 'a',
      cwd: '/w',
      stop_hook_active: true,
      hook_event_name: 'Stop',
      transcript_path: '/t.jsonl',
    },
    { session: 'a', cwd: '/w', transcript: '/t.jsonl', again: true },
  ],
  [
    { sessionId: 'b', cwd: '/w', stopReason: 'end_turn' },
    { session: 'b', cwd: '/w' },
  ],
  [
    { conversation_id: 'c', workspace_roots: ['/w'], loop_count: 2, status: 'completed' },
    { session: 'c', cwd: '/w', again: true },
  ],
  [
    { conversation_id: 'c', status: 'aborted' },
    { session: 'c', aborted: true },
  ],
  [['no object'], {}],
])('a host says %j', (payload, asked) => {
  expect(readAsked(`\uFEFF${JSON.stringify(payload)}`)).toEqual({ ...NOTHING, ...asked })
})

test('no JSON is taken for nothing', () => {
  expect(readAsked('')).toEqual(NOTHING)
  expect(readAsked('hello')).toEqual(NOTHING)
})

test('an agent that changed nothing is let go, and one that never gets there', async () => {
  const root = mkdtempSync(join(tmpdir(), 'gate-'))
  const asked = { session: 's', again: true, tree: 'one' }
  expect(reasonToLetGo(root, asked)).toBeNull()
  await rememberHeld(root, asked)
  expect(reasonToLetGo(root, asked)).toBe('it was told so, and changed nothing')
  expect(reasonToLetGo(root, { ...asked, again: false })).toBeNull()
  expect(reasonToLetGo(root, { ...asked, session: 'other' })).toBeNull()
  expect(reasonToLetGo(root, { ...asked, tree: 'two' })).toBeNull()
  for (const tree of ['two', 'three', 'four', 'five']) await rememberHeld(root, { session: 's', tree })
  expect(reasonToLetGo(root, { ...asked, tree: 'six' })).toBe('it was held back 5 times')
  expect(readFileSync(join(root, '.plimsoll/.gitignore'), 'utf8')).toBe('*\n')
  rmSync(root, { recursive: true })
})
