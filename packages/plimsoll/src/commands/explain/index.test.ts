import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import command from './index.ts'

const cwd = mkdtempSync(join(tmpdir(), 'plimsoll-explain-'))
const runDir = join(cwd, '.plimsoll/runs/20261122-3f2c')
const run = sampleRun()

beforeAll(() => {
  mkdirSync(runDir, { recursive: true })
  writeFileSync(join(runDir, 'run.json'), JSON.stringify(run))
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const explain = async (id?: string) => {
  const said = { out: '', err: '' }
  const perform = await command.load()
  const exitCode = await perform(command.input.parse({ id }), {
    cwd,
    stdout: { write: (text: string) => (said.out += text) },
    stderr: { write: (text: string) => (said.err += text) },
    env: {},
    signal: new AbortController().signal,
  })
  return { exitCode, ...said }
}

test('lists everything by family', async () => {
  const { exitCode, out, err } = await explain()
  expect([exitCode, err]).toEqual([0, ''])
  expect(out).toMatch(/^experiments\n(.*\n)* {2}slow-store +\S/m)
  expect(out).toMatch(/^standards$/m)
})

test('prints the readme of an id, with or without its family', async () => {
  const { out } = await explain('slow-store')
  expect(out).toMatch(/^# .+\n/)
  expect(out).toContain('\n## Limits\n')
  expect((await explain('experiments/slow-store')).out).toBe(out)
})

test('explains the experiment behind a finding of the newest Run', async () => {
  const finding = run.verdicts.find(({ probe }) => probe === 'slow-store')
  expect((await explain(finding?.id)).out).toBe((await explain('slow-store')).out)
})

test('an unknown id gets the nearest one', async () => {
  await expect(explain('slow-stoer')).rejects.toMatchObject({
    code: 'E_UNKNOWN_ID',
    hint: 'Did you mean "slow-store"?',
  })
})
