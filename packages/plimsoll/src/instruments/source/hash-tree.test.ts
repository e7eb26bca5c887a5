import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { hashOf, isSameTarget, treeHash } from './hash-tree.ts'
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

test('so do code that git ignores, the configuration, and where links lead', async () => {
  const seen = new Set([await treeHash(dir)])
  const isNew = async (change: () => void) => {
    change()
    const hash = await treeHash(dir)
    const known = seen.has(hash)
    seen.add(hash)
    return !known
  }
  const put = (file: string, text: string) => writeFileSync(join(dir, file), text)
  put('.gitignore', '.env\ngenerated\nplimsoll.config.json\n')
  mkdirSync(join(dir, 'generated'))
  expect(await isNew(() => put('generated/routes.js', 'export default []\n'))).toBe(true)
  expect(await isNew(() => put('generated/routes.js', 'export default [1]\n'))).toBe(true)
  expect(await isNew(() => put('plimsoll.config.json', '{}'))).toBe(true)
  expect(await isNew(() => put('plimsoll.config.json', '{"failOn":"high"}'))).toBe(true)
  const outside = writeFixture({ 'one.js': 'one', 'two.js': 'one', 'lib/a.js': 'a' })
  const link = (target: string) => () => {
    rmSync(join(dir, 'src/linked.js'), { force: true })
    symlinkSync(target, join(dir, 'src/linked.js'))
  }
  expect(await isNew(link('app.js'))).toBe(true)
  expect(await isNew(link(join(outside.dir, 'one.js')))).toBe(true)
  expect(await isNew(link(join(outside.dir, 'two.js')))).toBe(true)
  const before = hashOf(dir, 'src/linked.js') ?? undefined
  expect(await isNew(() => writeFileSync(join(outside.dir, 'two.js'), 'two'))).toBe(true)
  expect(isSameTarget(before, hashOf(dir, 'src/linked.js') ?? undefined)).toBe(true)
  expect(await isNew(link(join(outside.dir, 'lib')))).toBe(true)
  expect(isSameTarget(before, hashOf(dir, 'src/linked.js') ?? undefined)).toBe(false)
  expect(await isNew(() => writeFileSync(join(outside.dir, 'lib/a.js'), 'b'))).toBe(true)
  expect(await isNew(link('nowhere'))).toBe(true)
  expect(await isNew(() => {})).toBe(false)
  outside.remove()
})
