import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { callTool, previewTool } from '../../../../../test/support/tool-context.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import write from './index.ts'

const fixture = writeFixture({ 'src/a.ts': 'one\n', 'wide.txt': 'one\r\ntwo\r\n' })
afterAll(fixture.remove)

const now = (file: string) => readFileSync(join(fixture.dir, file), 'utf8')
const call = (path: string, content: string) => callTool(write, { path, content }, fixture.dir)

test('a new file, with its folders', async () => {
  expect(await previewTool(write, { path: 'db/001.sql', content: 'SELECT 1;\n' }, fixture.dir)).toBe(
    '--- /dev/null\n+++ b/db/001.sql\n@@ -0,0 +1 @@\n+SELECT 1;\n',
  )
  expect(await call('db/001.sql', 'SELECT 1;\n')).toEqual({
    text: 'Made db/001.sql (1 line).',
    changed: ['db/001.sql'],
  })
  expect(now('db/001.sql')).toBe('SELECT 1;\n')
})

test('a file that is there keeps its line ends', async () => {
  expect(await previewTool(write, { path: 'wide.txt', content: 'one\nthree\n' }, fixture.dir)).toBe(
    '--- a/wide.txt\n+++ b/wide.txt\n@@ -1,2 +1,2 @@\n one\n-two\n+three\n',
  )
  expect((await call('wide.txt', 'one\nthree\n')).text).toBe('Replaced wide.txt (2 lines).')
  expect(now('wide.txt')).toBe('one\r\nthree\r\n')
})

test('the same text writes nothing, a folder cannot be written', async () => {
  expect(await call('src/a.ts', 'one\n')).toEqual({
    text: 'src/a.ts has exactly that text already; nothing was written.',
  })
  mkdirSync(join(fixture.dir, 'folder'))
  expect(await call('folder', 'x')).toMatchObject({
    failed: true,
    text: 'folder is a folder. Give a file in it.',
  })
})

test('what it is about', () => {
  expect(write.subjects(write.input.parse({ path: 'a.ts', content: '' }))).toEqual([
    { kind: 'path', text: 'a.ts' },
  ])
})
