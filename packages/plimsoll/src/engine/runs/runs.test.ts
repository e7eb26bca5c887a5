import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { locateRun } from './locate-run.ts'
import { readRun } from './read-run.ts'

const cwd = mkdtempSync(join(tmpdir(), 'plimsoll-runs-'))
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const write = (file: string, value: unknown, atSeconds = 1_000) => {
  const path = join(cwd, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
  utimesSync(path, atSeconds, atSeconds)
  return path
}

test('says so when there is none', () => {
  expect(() => locateRun(join(cwd, 'empty'))).toThrow('There is no Run below .plimsoll/runs.')
})

test('takes the newest, an id, a folder, a file, or a folder that was proved', () => {
  const old = write('.plimsoll/runs/20261121-aaaa/run.json', sampleRun(), 1_000)
  const late = write('.plimsoll/runs/20261120-bbbb/run.json', sampleRun(), 2_000)
  mkdirSync(join(cwd, '.plimsoll/runs/20261123-unfinished'))
  const other = write('service/.plimsoll/runs/20261119-cccc/run.json', sampleRun())
  expect(locateRun(cwd)).toEqual({ file: late, dir: dirname(late), shown: '.plimsoll/runs/20261120-bbbb' })
  expect(locateRun(cwd, '20261121-aaaa').file).toBe(old)
  expect(locateRun(cwd, dirname(old)).file).toBe(old)
  expect(locateRun(cwd, '.plimsoll/runs/20261121-aaaa/run.json').file).toBe(old)
  expect(locateRun(cwd, 'service').file).toBe(other)
  expect(locateRun(join(cwd, 'service'), old)).toMatchObject({ shown: dirname(old) })
  expect(() => locateRun(cwd, 'nowhere')).toThrow('There is no Run below nowhere.')
})

test('reads a Run back as it was', () => {
  expect(readRun(write('whole.json', sampleRun()))).toEqual(sampleRun())
})

test.each([
  ['{', 'it is not JSON'],
  [{ ...sampleRun(), version: 9 }, 'it has version 9, and this plimsoll reads up to 1'],
  [{ ...sampleRun(), seed: 'x' }, 'seed: Invalid input: expected number, received string'],
  ['[]', 'Invalid input: expected object, received array'],
])('says what is wrong with it: %#', (value, problem) => {
  const file = write('wrong.json', value)
  expect(() => readRun(file)).toThrow(`${file} is not a Run: ${problem}`)
})
