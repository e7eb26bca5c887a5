import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportCommit, findRepository, resolveCommit } from './export-commit.ts'

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'export-')))
const repo = join(dir, 'repo')
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: repo, encoding: 'utf8' })

const write = (file: string, text: string) => {
  mkdirSync(join(repo, file, '..'), { recursive: true })
  writeFileSync(join(repo, file), text)
}

beforeAll(() => {
  mkdirSync(repo)
  git('init', '--quiet', '--initial-branch=main')
  write('api/server.js', 'one')
  write('.gitattributes', 'api/server.js export-ignore')
  git('add', '.')
  git('commit', '--quiet', '-m', 'one')
  write('api/server.js', 'two')
  git('commit', '--quiet', '-am', 'two')
  write('api/server.js', 'three')
  write('staged.txt', 'staged')
  git('add', 'staged.txt')
})

test('writes the files of a commit, and leaves the repository as it is', async () => {
  const before = git('status', '--porcelain')
  const commit = await resolveCommit(repo, 'HEAD~1')
  const to = join(dir, 'out/one')
  expect(await exportCommit(repo, commit ?? '', to)).toBe(true)
  expect(readFileSync(join(to, 'api/server.js'), 'utf8')).toBe('one')
  expect(existsSync(join(to, '.git'))).toBe(false)
  expect(existsSync(`${to}.index`)).toBe(false)
  expect(git('status', '--porcelain')).toBe(before)
})

test('finds the repository from a folder in it', async () => {
  expect(await findRepository(join(repo, 'api'))).toEqual({ top: repo, below: 'api' })
  expect(await findRepository(repo)).toEqual({ top: repo, below: '' })
  expect(await findRepository(dir)).toBeNull()
})

test('knows what a word stands for', async () => {
  expect(await resolveCommit(repo, 'main')).toMatch(/^[0-9a-f]{40}$/)
  expect(await resolveCommit(repo, 'nothing')).toBeNull()
  expect(await resolveCommit(repo, '--all')).toBeNull()
  expect(await exportCommit(repo, 'f'.repeat(40), join(dir, 'none'))).toBe(false)
})
