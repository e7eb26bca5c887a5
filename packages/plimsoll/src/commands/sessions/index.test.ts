import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { say } from '../../../../../test/support/say.ts'
import { createJournal } from '../../agent/journal/open-journal.ts'

const root = mkdtempSync(join(tmpdir(), 'plimsoll-sessions-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let id = ''
beforeAll(async () => {
  const journal = await createJournal(root, { now: () => new Date('2026-11-22T10:00:00Z') })
  id = journal.id
  await journal.append({ kind: 'begin', task: 'add refunds', agent: 'backend', model: 'x/y', version: 1 })
  const { id: asked } = await journal.append({
    kind: 'message',
    message: { role: 'user', text: 'add refunds' },
  })
  await journal.append({ kind: 'note', text: 'a branch that was left' })
  journal.moveTo(asked)
  const calls = [{ id: 'c1', tool: 'edit', input: {} }]
  await journal.append({ kind: 'message', message: { role: 'assistant', text: 'I add\nthe route.', calls } })
  await journal.append({
    kind: 'message',
    message: { role: 'tool', call: 'c1', tool: 'edit', text: 'no such text', failed: true },
  })
  await journal.append({ kind: 'spent', input: 12_000, output: 400, dollars: 0.08 })
  await journal.append({ kind: 'checkpoint', snapshot: 'a', files: ['src/refunds.ts'] })
  await journal.append({ kind: 'end', outcome: 'proven', exitCode: 0 })
  await journal.close()
})

const clean = (text: string) => text.replaceAll(id, '20261122-abcde')

test('the list', async () => {
  const { exitCode, out } = await say(root, 'sessions')
  expect(exitCode).toBe(0)
  expect(clean(out)).toMatchInlineSnapshot(`
    "  20261122-abcde  2026-11-22 10:00  proven      add refunds

      show    plimsoll sessions show 20261122-abcde
      resume  plimsoll do --resume 20261122-abcde
    "
  `)
  expect(JSON.parse((await say(root, 'sessions', 'list', '--json')).out)).toHaveLength(1)
})

test('one of them, entry by entry, with the branch that was left', async () => {
  expect(clean((await say(root, 'sessions', 'show')).out)).toMatchInlineSnapshot(`
    "⦵ 20261122-abcde  add refunds
    @backend · x/y · 2026-11-22 10:00 · proven · 1 step · 12,400 tokens · $0.08

      e1    begin      add refunds · @backend · x/y
      e2    you        add refunds
     ┊e3    note       a branch that was left
      e4    agent      I add the route. → edit
      e5    edit       ✖ no such text
      e7    step       src/refunds.ts
      e8    end        proven, exit 0

      undo    plimsoll undo 20261122-abcde
      resume  plimsoll do --resume 20261122-abcde
      fork    plimsoll do --fork 20261122-abcde --at <entry> "…"
    "
  `)
})

test('the whole of it as a document, or as JSON', async () => {
  const { out } = await say(root, 'sessions', 'export', id)
  expect(out).toContain('# add refunds\n')
  expect(out).not.toContain('a branch that was left')
  const whole = JSON.parse((await say(root, 'sessions', 'export', id, '--format', 'json')).out)
  expect(whole).toMatchObject({ session: id })
  expect(whole.entries).toHaveLength(8)
})

test('none yet, and one that is not there', async () => {
  const { out } = await say(join(root, 'empty'), 'sessions')
  expect(out).toBe('No session yet. Give the agent a task: plimsoll "add refunds to orders"\n')
  expect((await say(root, 'sessions', 'show', 'nothing')).exitCode).toBe(2)
})
