import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import command from './index.ts'
import type { ReportInput } from './report.ts'

const cwd = mkdtempSync(join(tmpdir(), 'plimsoll-report-'))
const runDir = '.plimsoll/runs/20261122-3f2c'

beforeAll(() => {
  mkdirSync(join(cwd, runDir), { recursive: true })
  writeFileSync(join(cwd, runDir, 'run.json'), JSON.stringify(sampleRun()))
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const report = async (input: ReportInput, isTTY = false) => {
  const said = { out: '', err: '' }
  const run = await command.load()
  const exitCode = await run(command.input.parse(input), {
    cwd,
    stdout: { write: (text: string) => (said.out += text), isTTY, columns: 80 },
    stderr: { write: (text: string) => (said.err += text) },
    env: {},
    signal: new AbortController().signal,
  })
  return { exitCode, ...said }
}

test('prints the newest Run for a terminal, without colour where there is none', async () => {
  const { exitCode, out, err } = await report({})
  expect(exitCode).toBe(0)
  expect(out).toMatch(/^⦵ plimsoll prove examples\/booking {2,}3f2c91e/)
  expect(out).toContain(`report  ${runDir}/report.html`)
  expect(err).toBe('')
})

test('colours where there is a terminal', async () => {
  expect((await report({}, true)).out).toContain('\u001b[')
})

test('prints the Run itself', async () => {
  expect(JSON.parse((await report({ format: 'json', run: '20261122-3f2c' })).out)).toEqual(
    JSON.parse(JSON.stringify(sampleRun())),
  )
})

test('writes a file, and says where', async () => {
  const { out, err } = await report({ format: 'markdown', out: 'summary.md' }, true)
  expect(out).toBe('')
  expect(err).toBe('written  summary.md\n')
  expect(readFileSync(join(cwd, 'summary.md'), 'utf8')).toMatch(/^## ⦵ 10 defects proved/)
})

test('opening writes the page beside the Run, and is no error without a screen', async () => {
  const { exitCode, err } = await report({ open: true })
  expect(exitCode).toBe(0)
  expect(err).toBe(`written  ${runDir}/report.html\n`)
  expect(readFileSync(join(cwd, runDir, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i)
})

test('never writes the Run over itself', async () => {
  const file = join(cwd, runDir, 'run.json')
  const before = readFileSync(file, 'utf8')
  await report({ format: 'json', out: join(runDir, 'run.json') })
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test('names the formats that there are', async () => {
  await expect(report({ format: 'pdf' })).rejects.toMatchObject({
    code: 'E_UNKNOWN_ID',
    hint: expect.stringContaining('badge, badge-data, failing-tests, html, json, markdown, terminal'),
  })
  expect(existsSync(join(cwd, 'undefined'))).toBe(false)
})
