import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeFixture } from '../source/write-fixture.ts'
import { openFiles } from './open-files.ts'

const fixture = writeFixture({ 'src/db.ts': 'export {}\n', 'run.sh': 'echo\n', 'README.md': '# Ledger\n' })
const outside = mkdtempSync(join(tmpdir(), 'outside-'))
writeFileSync(join(outside, 'secret.txt'), 'hidden')
symlinkSync(outside, join(fixture.dir, 'way-out'))
symlinkSync(join(outside, 'not-yet.txt'), join(fixture.dir, 'dangling'))
symlinkSync('src', join(fixture.dir, 'inner'))
symlinkSync('loop-b', join(fixture.dir, 'loop-a'))
symlinkSync('loop-a', join(fixture.dir, 'loop-b'))
afterAll(() => {
  fixture.remove()
  rmSync(outside, { recursive: true })
})

const text = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString())

test.each([
  '../other',
  '/etc/passwd',
  'src/../../x',
  'way-out/secret.txt',
  'way-out/new/deep.txt',
  'dangling',
  'loop-a',
  'inner/../../x',
  'a\0b',
])('%s lies outside: it is neither read nor written', async (path) => {
  const files = await openFiles(fixture.dir)
  for (const attempt of [
    () => files.read(path),
    () => files.write(path, 'x'),
    () => files.stat(path),
    () => files.list(path),
    () => files.place(path),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'E_OUTSIDE_WORKSPACE' })
  }
  expect(readdirSync(outside)).toEqual(['secret.txt'])
})

test('a place is told without links, relative to the root', async () => {
  const files = await openFiles(fixture.dir)
  expect(await files.place('inner/db.ts')).toBe('src/db.ts')
  expect(await files.place(join(files.root, 'src/new/file.ts'))).toBe('src/new/file.ts')
  expect(await files.place('src/../README.md')).toBe('README.md')
  expect(await files.place('.')).toBe('.')
  expect(text(await files.read('inner/db.ts'))).toBe('export {}\n')
})

test('what is not there is null', async () => {
  const files = await openFiles(fixture.dir)
  expect([await files.read('no.ts'), await files.stat('README.md/x'), await files.list('no')]).toEqual([
    null,
    null,
    [],
  ])
})

test('a write makes folders, keeps the mode, follows a link inside, and leaves no draft', async () => {
  const files = await openFiles(fixture.dir)
  chmodSync(join(fixture.dir, 'run.sh'), 0o755)
  await files.write('run.sh', 'echo hello\n')
  expect(statSync(join(fixture.dir, 'run.sh')).mode & 0o777).toBe(0o755)
  await files.write('inner/deep/new.ts', 'x')
  expect(readFileSync(join(fixture.dir, 'src/deep/new.ts'), 'utf8')).toBe('x')
  expect(readdirSync(fixture.dir).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test('a folder in the way of a write is told', async () => {
  mkdirSync(join(fixture.dir, 'folder/x'), { recursive: true })
  const files = await openFiles(fixture.dir)
  await expect(files.write('folder', 'x')).rejects.toMatchObject({
    code: 'E_FILE_NOT_WRITTEN',
    details: { problem: 'EISDIR' },
  })
  await expect(files.write('README.md/x', 'x')).rejects.toMatchObject({ code: 'E_FILE_NOT_WRITTEN' })
})

test('removing a link leaves what it leads to', async () => {
  const files = await openFiles(fixture.dir)
  symlinkSync(join(outside, 'secret.txt'), join(fixture.dir, 'to-secret'))
  await files.remove('to-secret')
  await files.remove('never-there')
  expect([existsSync(join(fixture.dir, 'to-secret')), existsSync(join(outside, 'secret.txt'))]).toEqual([
    false,
    true,
  ])
  await expect(files.remove('way-out/secret.txt')).rejects.toMatchObject({ code: 'E_OUTSIDE_WORKSPACE' })
})

test('a list leaves out what leads outside', async () => {
  const files = await openFiles(fixture.dir)
  const found = (await files.list('.')).map(({ path, isFolder }) => `${path}${isFolder ? '/' : ''}`)
  expect(found).toContain('inner/')
  expect(found).toContain('README.md')
  expect(found.filter((path) => /way-out|dangling|loop/.test(path))).toEqual([])
})

test('a file is no workspace', async () => {
  await expect(openFiles(join(fixture.dir, 'README.md'))).rejects.toMatchObject({ code: 'E_NOT_A_FOLDER' })
})

test('a pipe is not waited for', async () => {
  execFileSync('mkfifo', [join(fixture.dir, 'pipe')])
  expect(await (await openFiles(fixture.dir)).read('pipe')).toBeNull()
})
