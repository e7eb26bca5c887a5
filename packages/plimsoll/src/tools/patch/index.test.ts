import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { callTool, previewTool } from '../../../../../test/support/tool-context.ts'
import { unifiedDiff } from '../../base/text/unified-diff.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { openFiles } from '../../instruments/workspace/open-files.ts'
import patch from './index.ts'

const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at + 1}\n`).join('')
let fixture = writeFixture({})
beforeEach(() => {
  fixture = writeFixture({ 'a.txt': lines(30), 'b.txt': 'one\ntwo\nthree\n', 'wide.txt': 'one\r\ntwo\r\n' })
})
afterEach(() => fixture.remove())

const now = (file: string) => readFileSync(join(fixture.dir, file), 'utf8')
const call = (text: string) => callTool(patch, { patch: text }, fixture.dir)

test('several hunks and files, one made, one removed', async () => {
  const after = lines(30).replace('line 3\n', 'line 3\nline 3½\n').replace('line 25\n', 'LINE 25\n')
  const text = [
    unifiedDiff('a.txt', lines(30), after),
    unifiedDiff('b.txt', now('b.txt'), null),
    unifiedDiff('db/new.sql', null, 'SELECT 1;\n'),
  ].join('')
  expect(patch.subjects(patch.input.parse({ patch: text })).map((subject) => subject.text)).toEqual([
    'a.txt',
    'b.txt',
    'db/new.sql',
  ])
  expect(await previewTool(patch, { patch: text }, fixture.dir)).toBe(text)
  expect(await call(text)).toEqual({
    text: 'changed a.txt (+2 −1)\nremoved b.txt (+0 −3)\nmade db/new.sql (+1 −0)',
    changed: ['a.txt', 'b.txt', 'db/new.sql'],
  })
  expect([now('a.txt'), existsSync(join(fixture.dir, 'b.txt')), now('db/new.sql')]).toEqual([
    after,
    false,
    'SELECT 1;\n',
  ])
})

test('line numbers and counts that are wrong do not matter, the lines decide', async () => {
  await call('--- a/a.txt\n+++ b/a.txt\n@@ -2,9 +2,7 @@\n line 19\n-line 20\n+LINE 20\n line 21\n')
  expect(now('a.txt')).toBe(lines(30).replace('line 20', 'LINE 20'))
})

test('no line numbers at all, in a fence', async () => {
  await call('```diff\n--- a/b.txt\n+++ b/b.txt\n@@ @@\n one\n+one and a half\n two\n```\n')
  expect(now('b.txt')).toBe('one\none and a half\ntwo\nthree\n')
})

test('lines that differ in white space fit on the second try, and it says so', async () => {
  expect((await call('--- a/b.txt\n+++ b/b.txt\n@@ -1,2 +1,2 @@\n   one\n-two  \n+2\n')).text).toBe(
    'changed b.txt (+1 −1)\nFitted only without regard to white space, look at it: b.txt:1',
  )
  expect(now('b.txt')).toBe('one\n2\nthree\n')
})

test('what is added to lines of another depth is brought to theirs', async () => {
  const yaml = 'get:\n  responses:\n    200: ok\n'
  writeFileSync(join(fixture.dir, 'api.yaml'), yaml)
  await call(
    '--- a/api.yaml\n+++ b/api.yaml\n@@ @@\n     responses:\n       200: ok\n+      404: none\n+        # so\n',
  )
  expect(now('api.yaml')).toBe(`${yaml}    404: none\n      # so\n`)
  await call('--- a/api.yaml\n+++ b/api.yaml\n@@ @@\n 404: none\n+409: taken\n')
  expect(now('api.yaml')).toContain('\n    404: none\n    409: taken\n')
  writeFileSync(join(fixture.dir, 'api.yaml'), `${yaml}parts:\n`)
  await call('--- a/api.yaml\n+++ b/api.yaml\n@@ @@\n       200: ok\n+      404: none\n parts:\n+  one: 1\n')
  expect(now('api.yaml')).toBe(`${yaml}    404: none\nparts:\n  one: 1\n`)
})

test('a file keeps its line ends, and can be renamed', async () => {
  await call('--- a/wide.txt\n+++ b/wider.txt\n@@ -1,2 +1,3 @@\n one\n+more\n two\n')
  expect([now('wider.txt'), existsSync(join(fixture.dir, 'wide.txt'))]).toEqual([
    'one\r\nmore\r\ntwo\r\n',
    false,
  ])
})

test.each([
  [
    'one hunk does not fit',
    '--- a/b.txt\n+++ b/b.txt\n@@ -1,1 +1,1 @@\n-one\n+1\n--- a/a.txt\n+++ b/a.txt\n@@ -1,1 +1,1 @@\n-line 99\n+x\n',
    'Nothing was changed. a.txt: hunk 1 of 1 does not fit: the file has no line "line 99"',
  ],
  [
    'two places',
    '--- a/twice.txt\n+++ b/twice.txt\n@@ @@\n-same\n+other\n',
    'Nothing was changed. There is no twice.txt.',
  ],
  [
    'it would make what is there',
    '--- /dev/null\n+++ b/b.txt\n@@ -0,0 +1 @@\n+x\n',
    'Nothing was changed. b.txt is there already, and the patch would make it',
  ],
  [
    'it removes only a part',
    '--- a/b.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n',
    'Nothing was changed. b.txt: the patch removes it, but not all of its lines',
  ],
  [
    'a file twice',
    '--- a/b.txt\n+++ b/b.txt\n@@ -1 +1 @@\n-one\n+1\n--- a/b.txt\n+++ b/b.txt\n@@ -2 +2 @@\n-two\n+2\n',
    'Nothing was changed. b.txt stands twice in the patch; put its hunks together.',
  ],
  ['no patch', 'please change it', 'Nothing was changed. That is no unified diff.'],
  [
    'it is there already',
    '--- a/b.txt\n+++ b/b.txt\n@@ -1 +1 @@\n one\n',
    'The patch changes nothing: every line of it is there already.',
  ],
])('all or nothing: %s', async (_, text, problem) => {
  const answer = await call(text)
  expect(answer).toMatchObject({ failed: true })
  expect(answer.text.startsWith(problem), answer.text).toBe(true)
  expect([now('a.txt'), now('b.txt')]).toEqual([lines(30), 'one\ntwo\nthree\n'])
})

test('a write that fails puts back what was written before it', async () => {
  const files = await openFiles(fixture.dir)
  mkdirSync(join(fixture.dir, 'taken'))
  const text =
    '--- a/b.txt\n+++ b/b.txt\n@@ -1 +1 @@\n-one\n+1\n--- /dev/null\n+++ b/a.txt/below.txt\n@@ -0,0 +1 @@\n+x\n'
  await expect(callTool(patch, { patch: text }, fixture.dir, { files })).rejects.toMatchObject({
    code: 'E_FILE_NOT_WRITTEN',
  })
  expect(now('b.txt')).toBe('one\ntwo\nthree\n')
})

test('outside of the workspace nothing is made', async () => {
  await expect(call('--- /dev/null\n+++ b/../x.txt\n@@ -0,0 +1 @@\n+x\n')).rejects.toMatchObject({
    code: 'E_OUTSIDE_WORKSPACE',
  })
})
