import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCanary } from './open-canary.ts'

let dir = ''

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'canary-test-'))
})
afterAll(() => rm(dir, { recursive: true }))

test('writes down what it is asked, and answers with its text', async () => {
  const canary = await openCanary(dir, () => 7)
  const answer = await fetch(`${canary.origin}/abc?x=1`, { method: 'POST', body: 'hello' })
  expect(await answer.text()).toContain(canary.text)
  expect(canary.hits()).toMatchObject([{ method: 'POST', path: '/abc?x=1', atMs: 7 }])
  await canary.close()
  await expect(fetch(canary.origin)).rejects.toThrow()
})

test('plants a file under every usual ending, tells what landed beside it, and leaves nothing', async () => {
  const canary = await openCanary(dir, () => 0)
  const { path, text } = canary.file
  expect(await readFile(path, 'utf8')).toContain(text)
  expect(await readFile(`${path}.png`, 'utf8')).toContain(text)
  expect(await canary.appeared()).toEqual([])
  await writeFile(join(canary.folder, 'landed'), '')
  expect(await canary.appeared()).toEqual(['landed'])
  await canary.close()
  expect(existsSync(path)).toBe(false)
})
