import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unifiedDiff } from './unified-diff.ts'

const lines = (count: number, mark: (line: number) => string = () => '') =>
  Array.from({ length: count }, (_, at) => `line ${at + 1}${mark(at + 1)}\n`).join('')

test('a changed line, with three lines around it', () => {
  expect(
    unifiedDiff(
      'src/db.ts',
      lines(20),
      lines(20, (line) => (line === 10 ? '!' : '')),
    ),
  ).toBe(`--- a/src/db.ts
+++ b/src/db.ts
@@ -7,7 +7,7 @@
 line 7
 line 8
 line 9
-line 10
+line 10!
 line 11
 line 12
 line 13
`)
})

test('a new file, a removed one, and one that stays', () => {
  expect(unifiedDiff('a.txt', null, 'one\ntwo\n')).toBe(
    '--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1,2 @@\n+one\n+two\n',
  )
  expect(unifiedDiff('a.txt', 'one\n', null)).toBe('--- a/a.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n')
  expect(unifiedDiff('a.txt', 'one\n', 'one\n')).toBe('')
})

test('a last line without its end says so', () => {
  expect(unifiedDiff('a.txt', 'one\ntwo', 'one\ntwo\n')).toBe(
    '--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n one\n-two\n\\ No newline at end of file\n+two\n',
  )
})

test.each([
  ['far apart', lines(40), lines(40, (line) => (line === 3 || line === 30 ? '!' : ''))],
  ['near each other', lines(40), lines(40, (line) => (line === 3 || line === 9 ? '!' : ''))],
  ['moved', lines(12), `${lines(12).slice(35)}${lines(5)}`],
  ['emptied', lines(3), ''],
  ['filled', '', lines(3)],
  ['nothing in common', lines(3_000), lines(3_000, () => '!')],
  ['repeated lines', 'a\nb\na\nb\na\n', 'b\na\nb\nb\na\nc\n'],
])('git applies it: %s', (_, before, after) => {
  const dir = mkdtempSync(join(tmpdir(), 'diff-'))
  try {
    writeFileSync(join(dir, 'file'), before)
    writeFileSync(join(dir, 'patch'), unifiedDiff('file', before, after))
    execFileSync('git', ['apply', '--unidiff-zero', 'patch'], {
      cwd: dir,
      env: { ...process.env, GIT_DIR: '/nowhere' },
    })
    expect(readFileSync(join(dir, 'file'), 'utf8')).toBe(after)
  } finally {
    rmSync(dir, { recursive: true })
  }
})
