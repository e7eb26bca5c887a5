import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFixture } from '../source/write-fixture.ts'
import { applyPatch } from './apply-patch.ts'

let fixture = writeFixture({})
beforeEach(() => {
  fixture = writeFixture({ 'a.js': 'one\n', 'b.js': '\uFEFFtwo\n' })
})
afterEach(() => fixture.remove())

const read = (file: string) => {
  try {
    return readFileSync(join(fixture.dir, file), 'utf8')
  } catch {
    return null
  }
}
const all = () => ['a.js', 'b.js', 'new/c.js'].map(read)

test('changes, new files and removed ones go in, and come out again', async () => {
  const applied = await applyPatch(fixture.dir, [
    { file: 'a.js', before: 'one\n', after: null },
    { file: 'b.js', before: 'two\n', after: '2\n' },
    { file: 'new/c.js', before: null, after: 'three\n' },
  ])
  expect(all()).toEqual([null, '\uFEFF2\n', 'three\n'])
  await applied?.revert()
  expect(all()).toEqual(['one\n', '\uFEFFtwo\n', null])
})

test('nothing is written where one file is not as it was', async () => {
  writeFileSync(join(fixture.dir, 'b.js'), 'changed\n')
  const changes = [
    { file: 'a.js', before: 'one\n', after: '1\n' },
    { file: 'b.js', before: 'two\n', after: '2\n' },
  ]
  expect(await applyPatch(fixture.dir, changes)).toBeNull()
  expect(await applyPatch(fixture.dir, [{ file: 'a.js', before: null, after: '' }])).toBeNull()
  expect(all()).toEqual(['one\n', 'changed\n', null])
})
