import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exchange } from '../../../../../test/support/exchange.ts'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { say } from '../../../../../test/support/say.ts'
import { type ProbeRecord, Run } from '../../model/run.ts'

let cwd = ''
const file = () => join(cwd, '.plimsoll/runs/20261122-3f2c/run.json')

/** What security-headers saw of an API whose every answer carries its headers. */
const answer = {
  route: 'GET /books',
  exchange: exchange({ headers: { 'x-content-type-options': 'nosniff' } }),
}
const probe: ProbeRecord = {
  probe: 'security-headers',
  kind: 'experiment',
  standard: 'security.transport-storage',
  title: 'answers carry the headers that protect a browser',
  outcome: 'ran',
  startedAtMs: 0,
  durationMs: 10,
  executions: [{ seed: 1, seen: { answers: [answer], foreign: [answer] } }],
}

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'plimsoll-judge-'))
  mkdirSync(join(cwd, '.plimsoll/runs/20261122-3f2c'), { recursive: true })
  writeFileSync(file(), JSON.stringify(sampleRun({ probes: [probe], exitCode: 1 })))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

test('judges what was saved again, without the backend, and ends as that Run ends', async () => {
  const { exitCode, out, err } = await say(cwd, 'judge', '--json')
  expect([exitCode, err]).toEqual([0, ''])
  const run = Run.parse(JSON.parse(out))
  expect(run.verdicts.map(({ probe: id, status }) => `${id} ${status}`)).toEqual([
    'security-headers proven',
    'security-headers proven',
  ])
})

test('changes nothing on disk unless it is told to', async () => {
  const before = readFileSync(file(), 'utf8')
  await say(cwd, 'judge')
  expect(readFileSync(file(), 'utf8')).toBe(before)
  await say(cwd, 'judge', '20261122-3f2c', '--write')
  expect(Run.parse(JSON.parse(readFileSync(file(), 'utf8'))).verdicts).toHaveLength(2)
})

test('what is no Run is told with what is wrong', async () => {
  writeFileSync(file(), '{"version":1}')
  const { exitCode, err } = await say(cwd, 'judge')
  expect(exitCode).toBe(2)
  expect(err.replaceAll(cwd, '')).toMatchInlineSnapshot(`
    "✖ /.plimsoll/runs/20261122-3f2c/run.json is not a Run: $schema: Invalid input: expected "https://plimsoll.dev/schema/run-1.json"
      Give a run.json, or a folder below .plimsoll/runs.
      E_NOT_A_RUN · exit 2
    "
  `)
})

test('without a Run it says how to make one', async () => {
  rmSync(join(cwd, '.plimsoll'), { recursive: true })
  const { exitCode, err } = await say(cwd, 'judge')
  expect(exitCode).toBe(2)
  expect(err).toMatchInlineSnapshot(`
    "✖ There is no Run below .plimsoll/runs.
      Make one first: plimsoll prove
      E_NO_RUN · exit 2
    "
  `)
})
