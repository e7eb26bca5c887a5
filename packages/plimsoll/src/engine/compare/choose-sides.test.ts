import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { asRuns, asTrees, type TreeOptions } from './choose-sides.ts'

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'compare-')))
const top = join(dir, 'repo')
const root = join(top, 'services/api')
let scratch = 0
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: top, encoding: 'utf8' })

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(top, file)), { recursive: true })
  writeFileSync(join(top, file), text)
}

const commit = (tag: string) => {
  git('add', '.')
  git('commit', '--quiet', '-m', tag)
  git('tag', tag)
}

const manifest = (dependencies: Record<string, string>, version = '1.0.0') =>
  JSON.stringify({ name: 'api', version, dependencies })

beforeAll(() => {
  mkdirSync(top)
  git('init', '--quiet', '--initial-branch=main')
  write('.gitignore', 'node_modules\n.env\n.venv\n.plimsoll\n')
  write('services/api/package.json', manifest({ express: '^5', old: '1' }))
  commit('before')
  write('services/api/package.json', manifest({ express: '^5' }))
  write('services/api/server.js', 'one')
  write('services/shared/index.js', 'shared')
  commit('one')
  write('services/api/package.json', manifest({ express: '^5' }, '1.1.0'))
  write('services/api/server.js', 'two')
  commit('two')
  write('services/api/server.js', 'not committed')
  write('services/api/.env', 'SECRET=1')
  write('services/api/.venv/pyvenv.cfg', '')
  write('node_modules/express/index.js', 'express')
  symlinkSync('../services/shared', join(top, 'node_modules/shared'))
  write('services/api/node_modules/pg/index.js', 'pg')
  write('.plimsoll/runs/20261121-aaaa/run.json', JSON.stringify(sampleRun()))
})

const trees = (a: string, b: string, options: Partial<TreeOptions> = {}) => {
  scratch += 1
  const scratchDir = join(dir, `scratch-${scratch}`)
  mkdirSync(scratchDir)
  return asTrees({ root, shown: 'services/api', words: [a, b], scratchDir, install: false, ...options })
}

test('a commit is written out with the packages that are installed, and the working tree stays where it is', async () => {
  const before = git('status', '--porcelain', '--ignored')
  const [a, b] = await trees('one', '.')
  expect(b).toEqual({ name: '.', commit: null, root })
  expect(a).toMatchObject({ name: 'one', commit: git('rev-parse', 'one').trim() })
  expect(readFileSync(join(a.root, 'server.js'), 'utf8')).toBe('one')
  expect(readdirSync(a.root).sort()).toEqual(['.env', '.venv', 'node_modules', 'package.json', 'server.js'])
  expect(realpathSync(join(a.root, 'node_modules/pg'))).toBe(join(root, 'node_modules/pg'))
  expect(realpathSync(join(a.root, '.venv'))).toBe(join(root, '.venv'))
  const above = join(a.root, '../../node_modules')
  expect(realpathSync(join(above, 'express'))).toBe(join(top, 'node_modules/express'))
  expect(realpathSync(join(above, 'shared'))).toBe(join(a.root, '../shared'))
  expect(git('status', '--porcelain', '--ignored')).toBe(before)
})

test('a new version of the service itself wants the same packages', async () => {
  const [a, b] = await trees('one', 'two')
  expect([a.commit, b.commit]).toEqual([git('rev-parse', 'one').trim(), git('rev-parse', 'two').trim()])
  expect(readFileSync(join(b.root, 'server.js'), 'utf8')).toBe('two')
})

test('other packages are refused, unless they will be installed', async () => {
  await expect(trees('before', 'two')).rejects.toThrow(
    'The packages that before wants are not those that are installed in services/api: services/api/package.json differs.',
  )
  const [a] = await trees('before', 'two', { install: true })
  expect(existsSync(join(a.root, 'node_modules'))).toBe(false)
  expect(existsSync(join(a.root, '.venv'))).toBe(false)
  expect(existsSync(join(a.root, '.env'))).toBe(true)
})

test('a word that is nothing is refused', async () => {
  await expect(trees('nothing', '.')).rejects.toThrow(
    '"nothing" is neither a saved Run nor a commit, branch or tag of services/api',
  )
  await expect(trees('main', '.', { root: dir, shown: 'there' })).rejects.toThrow(
    '"main" is no saved Run, and there is not in a git repository',
  )
})

test('two words are both Runs, or none is', () => {
  const run = '20261121-aaaa'
  expect(asRuns(top, run, run)?.map(({ shown }) => shown)).toEqual([
    '.plimsoll/runs/20261121-aaaa',
    '.plimsoll/runs/20261121-aaaa',
  ])
  expect(asRuns(top, 'main', '.')).toBeNull()
  expect(() => asRuns(top, 'main', run)).toThrow(
    '"20261121-aaaa" is a saved Run and "main" is not: give two Runs, or two states of the code',
  )
})
