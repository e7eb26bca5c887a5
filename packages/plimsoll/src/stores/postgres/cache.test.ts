import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cached, openCache } from './cache.ts'

let parent: string
let cache: string
let builds: number

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'plimsoll-test-'))
  cache = await openCache(parent)
  builds = 0
})
afterEach(() => rm(parent, { recursive: true, force: true }))

const make = () =>
  cached(cache, 'thing-1', async (dir) => {
    builds += 1
    await mkdir(join(dir, 'share'))
    await writeFile(join(dir, 'share/file.txt'), 'content')
  })

test('is made once and found again', async () => {
  const dir = await make()
  expect(await make()).toBe(dir)
  expect(await readFile(join(dir, 'share/file.txt'), 'utf8')).toBe('content')
  expect(builds).toBe(1)
})

test('first uses at the same time all end with the same complete one', async () => {
  const dirs = await Promise.all(Array.from({ length: 8 }, make))
  expect(new Set(dirs).size).toBe(1)
  expect(await readdir(cache)).toEqual(['thing-1'])
  const afterwards = builds
  await make()
  expect(builds).toBe(afterwards)
})

test('first uses at the same time mend a damaged one together', async () => {
  await rm(join(await make(), 'complete.txt'))
  const dirs = await Promise.all(Array.from({ length: 8 }, make))
  expect(new Set(dirs).size).toBe(1)
  expect(await readdir(cache)).toEqual(['thing-1'])
  expect(await readFile(join(cache, 'thing-1/share/file.txt'), 'utf8')).toBe('content')
})

test.each([
  ['a file is missing', (dir: string) => rm(join(dir, 'share/file.txt'))],
  ['a file is shorter', (dir: string) => truncate(join(dir, 'share/file.txt'), 3)],
  ['a file is too many', (dir: string) => writeFile(join(dir, 'share/other.txt'), '')],
  ['its seal is missing', (dir: string) => rm(join(dir, 'complete.txt'))],
])('is made anew when %s', async (_, spoil) => {
  await spoil(await make())
  const dir = await make()
  expect(builds).toBe(2)
  expect(await readFile(join(dir, 'share/file.txt'), 'utf8')).toBe('content')
  expect(await readdir(cache)).toEqual(['thing-1'])
})

test('a failed build leaves nothing', async () => {
  await expect(cached(cache, 'bad', () => Promise.reject(new Error('disk full')))).rejects.toThrow(
    'disk full',
  )
  expect(await readdir(cache)).toEqual([])
})

test('a link planted under its name is refused', async () => {
  await rm(cache, { recursive: true })
  await symlink('/etc', cache)
  await expect(openCache(parent)).rejects.toMatchObject({ code: 'E_CANNOT_WRITE' })
})
