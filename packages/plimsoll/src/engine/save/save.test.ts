import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { readRun } from '../runs/read-run.ts'
import { reserveRunDir } from './run-dir.ts'
import { type Renderings, saveRun } from './save-run.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'save-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const NOON = new Date('2026-11-22T12:00:00Z')
const COMMIT = '3f2c91e4d5'

test('folders are named by day and commit, and never shared', async () => {
  const runs = join(dir, '.plimsoll/runs')
  const places = await Promise.all([1, 2, 3].map(() => reserveRunDir(runs, NOON, COMMIT)))
  expect(places.map(({ id }) => id).sort()).toEqual(['20261122-3f2c', '20261122-3f2c-2', '20261122-3f2c-3'])
  expect((await reserveRunDir(runs, NOON, null)).id).toBe('20261122-work')
})

test('the folder of Runs keeps itself out of git, another one is left alone', async () => {
  await reserveRunDir(join(dir, '.plimsoll/runs'), NOON, COMMIT)
  expect(await readFile(join(dir, '.plimsoll/.gitignore'), 'utf8')).toBe('*\n')
  await reserveRunDir(join(dir, 'elsewhere'), NOON, COMMIT)
  expect(await readdir(dir)).toEqual(['.plimsoll', 'elsewhere'])
})

test('an empty folder can be given back, one with a Run cannot', async () => {
  const empty = await reserveRunDir(dir, NOON, COMMIT)
  const full = await reserveRunDir(dir, NOON, COMMIT)
  await writeFile(join(full.dir, 'observations.ndjson'), '{}\n')
  await Promise.all([empty.discardIfEmpty(), full.discardIfEmpty()])
  expect([existsSync(empty.dir), existsSync(full.dir)]).toEqual([false, true])
})

test('where nothing can be written, it says so at once', async () => {
  await writeFile(join(dir, 'file'), '')
  await expect(reserveRunDir(join(dir, 'file/runs'), NOON, COMMIT)).rejects.toMatchObject({
    code: 'E_CANNOT_WRITE',
    exitCode: 3,
    hint: 'Give a folder that can: plimsoll prove --out path/to/folder',
  })
})

const renderings = (render: () => string): Renderings => ({
  reporters: [
    { file: 'run.json', render: () => 'never' },
    { file: 'report.md', render },
    { file: null, render: () => 'never' },
    { file: 'load-line.svg', applies: () => false, render: () => 'never' },
  ],
  readAsset: () => '',
  runDir: '.',
})

test('a Run is saved whole, with each rendering that has a file', async () => {
  await saveRun(
    sampleRun(),
    dir,
    renderings(() => '# Report'),
  )
  expect((await readdir(dir)).sort()).toEqual(['report.md', 'run.json'])
  expect(readRun(join(dir, 'run.json'))).toEqual(sampleRun())
})

test('a rendering that fails leaves the Run, and no half-written file', async () => {
  const failing = renderings(() => {
    throw new Error('no template')
  })
  await expect(saveRun(sampleRun(), dir, failing)).rejects.toThrow('no template')
  expect(await readdir(dir)).toEqual(['run.json'])
})

test('saving again replaces the old Run in one step', async () => {
  await saveRun(
    sampleRun({ seed: 1 }),
    dir,
    renderings(() => ''),
  )
  await saveRun(
    sampleRun({ seed: 2 }),
    dir,
    renderings(() => ''),
  )
  expect(readRun(join(dir, 'run.json')).seed).toBe(2)
  expect((await readdir(dir)).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test('a folder that is gone meanwhile is E_CANNOT_WRITE, not a bug', async () => {
  await writeFile(join(dir, 'gone'), '')
  await expect(
    saveRun(
      sampleRun(),
      join(dir, 'gone/run'),
      renderings(() => ''),
    ),
  ).rejects.toMatchObject({ code: 'E_CANNOT_WRITE' })
})
