import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { textOfRun } from '../save/save-run.ts'
import { readSealedRun, sealRun } from './seal.ts'

const before = process.env.XDG_STATE_HOME
let dir = ''
let root = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'seal-'))
  root = mkdtempSync(join(tmpdir(), 'seal-root-'))
  process.env.XDG_STATE_HOME = join(dir, 'state')
})
afterEach(() => {
  if (before === undefined) delete process.env.XDG_STATE_HOME
  else process.env.XDG_STATE_HOME = before
  for (const one of [dir, root]) rmSync(one, { recursive: true, force: true })
})

const moveTo = (state: string) => {
  process.env.XDG_STATE_HOME = state
}

const text = textOfRun(sampleRun({ tree: 'now' }))
const file = () => join(root, 'run.json')
const key = () => join(dir, 'state/plimsoll/run-key')
const read = () => readSealedRun(file(), root)?.tree ?? null

test('a Run that the engine wrote is known again, and no other', async () => {
  writeFileSync(file(), text)
  expect(read()).toBeNull()
  await sealRun(text, root, root)
  expect(read()).toBe('now')
  expect(statSync(key()).mode & 0o777).toBe(0o600)
  writeFileSync(file(), text.replace('"now"', '"then"'))
  expect(read()).toBeNull()
  writeFileSync(file(), text)
  const mine = readFileSync(key(), 'utf8')
  writeFileSync(key(), `${'0'.repeat(64)}\n`)
  expect(read()).toBeNull()
  writeFileSync(key(), mine)
  expect(read()).toBe('now')
})

test.each<[string, () => void]>([
  ['is readable for others', () => chmodSync(key(), 0o644)],
  ['cannot be kept', () => moveTo(key())],
  ['would lie in the workspace', () => moveTo(join(root, 'state'))],
])('nothing is trusted where the key %s', async (_, spoil) => {
  writeFileSync(file(), text)
  await sealRun(text, root, root)
  spoil()
  expect(read()).toBeNull()
  await sealRun(text, root, root)
  expect(read()).toBeNull()
})
