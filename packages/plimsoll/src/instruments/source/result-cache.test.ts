import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openProject } from './open-project.ts'
import { openResultCache } from './result-cache.ts'
import { writeFixture } from './write-fixture.ts'

const before = process.env.XDG_CACHE_HOME
let home = ''
let fixture: ReturnType<typeof writeFixture>

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'plimsoll-cache-test-'))
  process.env.XDG_CACHE_HOME = home
  const many = Array.from({ length: 300 }, (_, index) => [
    `src/file-${index}.ts`,
    `export const n = ${index}`,
  ])
  fixture = writeFixture(Object.fromEntries(many))
})

afterEach(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME
  else process.env.XDG_CACHE_HOME = before
  rmSync(home, { recursive: true, force: true })
  fixture.remove()
})

const cached = async () => openResultCache(await openProject(fixture.dir))

test('a result is found again while every file stays the same, whatever its time says', async () => {
  expect((await cached()).find()).toBeNull()
  ;(await cached()).save({ routes: 3 })
  expect((await cached()).find()).toEqual({ routes: 3 })
  utimesSync(join(fixture.dir, 'src/file-7.ts'), 1, 1)
  expect((await cached()).find()).toEqual({ routes: 3 })
})

test('a changed, added or peeked file makes it void', async () => {
  const project = await openProject(fixture.dir)
  project.peek('node_modules/x/package.json')
  openResultCache(project).save({ routes: 3 })
  expect((await cached()).find()).toEqual({ routes: 3 })

  writeFileSync(join(fixture.dir, 'src/file-7.ts'), 'export const n = 8')
  expect((await cached()).find()).toBeNull()
  writeFileSync(join(fixture.dir, 'src/file-7.ts'), 'export const n = 7')
  expect((await cached()).find()).toEqual({ routes: 3 })

  writeFileSync(join(fixture.dir, 'src/new.ts'), '')
  expect((await cached()).find()).toBeNull()
  rmSync(join(fixture.dir, 'src/new.ts'))

  mkdirSync(join(fixture.dir, 'node_modules/x'), { recursive: true })
  writeFileSync(join(fixture.dir, 'node_modules/x/package.json'), '{}')
  expect((await cached()).find()).toBeNull()
})

test('without a place to write, and with a broken file, nothing is remembered and nothing fails', async () => {
  process.env.XDG_CACHE_HOME = join(fixture.dir, 'src/file-1.ts')
  ;(await cached()).save({ routes: 3 })
  expect((await cached()).find()).toBeNull()
})
