import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { treeHash } from './hash-tree.ts'
import { writeFixture } from './write-fixture.ts'

const { dir, remove } = writeFixture({
  'src/app.js': 'export const port = 1\n',
  'README.md': 'words',
  '.gitignore': '.env\n',
})
afterAll(remove)

test('what a verdict depends on changes the hash, and nothing else does', async () => {
  const first = await treeHash(dir)
  writeFileSync(join(dir, 'README.md'), 'other words')
  expect(await treeHash(dir)).toBe(first)
  writeFileSync(join(dir, '.env'), 'PORT=2')
  const second = await treeHash(dir)
  expect(second).not.toBe(first)
  rmSync(join(dir, '.env'))
  expect(await treeHash(dir)).toBe(first)
  writeFileSync(join(dir, 'src/app.js'), 'export const port = 2\n')
  expect(await treeHash(dir)).not.toBe(first)
})
