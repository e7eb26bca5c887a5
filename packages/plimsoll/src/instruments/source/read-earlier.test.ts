import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { git } from './git.ts'
import { readEarlier } from './read-earlier.ts'
import { writeFixture } from './write-fixture.ts'

const fixture = writeFixture({ 'api/openapi.yaml': 'one' })
const { dir } = fixture
afterAll(() => fixture.remove())

const AUTHOR = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
const commit = async (text: string) => {
  writeFileSync(join(dir, 'api/openapi.yaml'), text)
  await git(dir, ['add', '.'])
  await git(dir, [...AUTHOR, 'commit', '--quiet', '--message', text])
}
const earlier = (ref?: string) => readEarlier(join(dir, 'api'), 'openapi.yaml', ref)

test('a file as it was, through the life of a branch', async () => {
  expect(await earlier()).toBeNull()
  await git(dir, ['init', '--quiet', '--initial-branch=main'])
  await commit('one')
  expect(await earlier(), 'there is nothing before the first commit').toBeNull()
  await commit('two')
  expect(await earlier()).toMatchObject({ text: 'one', ref: 'HEAD~1' })
  writeFileSync(join(dir, 'api/openapi.yaml'), 'three')
  expect(await earlier()).toMatchObject({ text: 'two', ref: 'HEAD' })
  await git(dir, ['checkout', '--quiet', '-b', 'topic'])
  await commit('three')
  await commit('four')
  const fork = await earlier()
  expect(fork).toMatchObject({ text: 'two', ref: 'main' })
  expect(await earlier(fork?.commit)).toMatchObject({ text: 'two', commit: fork?.commit })
  expect(await earlier('main~1')).toMatchObject({ text: 'one', ref: 'main~1' })
  expect(await earlier('nowhere')).toBeNull()
  expect(await readEarlier(dir, 'gone.yaml')).toBeNull()
})
