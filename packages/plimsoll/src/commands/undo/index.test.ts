import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { say } from '../../../../../test/support/say.ts'
import { openCheckpoints } from '../../agent/checkpoint/open-checkpoints.ts'
import { createJournal } from '../../agent/journal/open-journal.ts'

const above = mkdtempSync(join(tmpdir(), 'plimsoll-undo-'))
afterAll(() => rmSync(above, { recursive: true, force: true }))

const write = (root: string, files: Readonly<Record<string, string>>) => {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, file, '..'), { recursive: true })
    writeFileSync(join(root, file), text)
  }
}
const read = (root: string, file: string) => readFileSync(join(root, file), 'utf8')

/** A session of two steps: the first changes a file, the second adds one and deletes one. */
const workIn = async (name: string) => {
  const root = join(above, name)
  write(root, { 'src/app.js': 'one', 'src/old.js': 'old', 'README.md': 'read me' })
  const journal = await createJournal(root)
  const checkpoints = await openCheckpoints({ root, dir: journal.dir })
  const step = async (note: string) => {
    const { snapshot, changed } = await checkpoints.take(note)
    return (await journal.append({ kind: 'checkpoint', snapshot, files: [...changed] })).id
  }
  await journal.append({ kind: 'begin', task: 'add refunds', agent: 'backend', model: 'x/y', version: 1 })
  await step('start')
  write(root, { 'src/app.js': 'two' })
  const first = await step('first')
  write(root, { 'src/refunds.js': 'new' })
  rmSync(join(root, 'src/old.js'))
  await step('second')
  await journal.close()
  return { root, id: journal.id, first }
}

test('puts the files back, and back again', async () => {
  const { root, id } = await workIn('whole')
  const { exitCode, out, err } = await say(root, 'undo')
  expect([exitCode, err]).toEqual([0, ''])
  expect(out.replaceAll(id, 'SESSION')).toMatchInlineSnapshot(`
    "⦵ undo SESSION  add refunds

      restored  src/app.js
      put back  src/old.js
      removed   src/refunds.js

      3 files are as they were before the session.
      back again  plimsoll undo SESSION --to e5
    "
  `)
  expect([read(root, 'src/app.js'), read(root, 'src/old.js')]).toEqual(['one', 'old'])
  expect(() => read(root, 'src/refunds.js')).toThrow('ENOENT')
  const entry = /--to (e\d+)/.exec(out)?.[1] ?? ''
  await say(root, 'undo', id, '--to', entry)
  expect([read(root, 'src/app.js'), read(root, 'src/refunds.js')]).toEqual(['two', 'new'])
})

test('back to a step; then there is nothing left to do', async () => {
  const { root, id, first } = await workIn('step')
  const { out } = await say(root, 'undo', id.slice(-5), '--to', first, '--json')
  expect(JSON.parse(out)).toMatchObject({
    session: id,
    changes: [
      { file: 'src/old.js', how: 'added' },
      { file: 'src/refunds.js', how: 'removed' },
    ],
  })
  expect((await say(root, 'undo', '--to', first)).out).toContain(
    `Nothing to undo: the files are as they were at ${first}.`,
  )
})

test('what somebody else changed since in the same files is kept, unless it is meant', async () => {
  const { root, id } = await workIn('foreign')
  write(root, { 'src/app.js': 'three', 'README.md': 'read me twice' })
  const { exitCode, out, err } = await say(root, 'undo')
  expect([exitCode, out]).toEqual([2, ''])
  expect(err.replaceAll(id, 'SESSION')).toMatchInlineSnapshot(`
    "✖ Files that session SESSION changed were changed again after it: src/app.js.
      Going back would undo that, too. If that is meant: plimsoll undo SESSION --yes
      E_CHANGED_SINCE · exit 2
    "
  `)
  expect(read(root, 'src/app.js')).toBe('three')
  expect((await say(root, 'undo', '--yes')).exitCode).toBe(0)
  expect([read(root, 'src/app.js'), read(root, 'README.md')]).toEqual(['one', 'read me twice'])
})

test('without a session, and without such a step', async () => {
  mkdirSync(join(above, 'none'))
  const { exitCode, err } = await say(join(above, 'none'), 'undo')
  expect(exitCode).toBe(2)
  expect(err).toMatchInlineSnapshot(`
    "✖ There is no session below .plimsoll/sessions.
      Give the agent a task: plimsoll "add refunds to orders"
      E_NO_SESSION · exit 2
    "
  `)
  expect((await say(join(above, 'foreign'), 'undo', '--to', 'e99')).err).toContain(
    'has no step e99 to go back to.',
  )
})
