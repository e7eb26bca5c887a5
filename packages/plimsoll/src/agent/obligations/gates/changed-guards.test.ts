import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { git } from '../../../instruments/source/git.ts'
import { writeFixture } from '../../../instruments/source/write-fixture.ts'
import { takeGuards } from '../trees/take-guards.ts'
import { changedGuards } from './changed-guards.ts'

const { dir, remove } = writeFixture({ 'a.txt': 'a\n', '.gitignore': '*.local.json\nplimsoll.config.*\n' })
afterAll(remove)

const put = (file: string, text: string) => {
  mkdirSync(dirname(join(dir, file)), { recursive: true })
  writeFileSync(join(dir, file), text)
}

test('what takes effect by being there is seen when it appears, ignored or not', async () => {
  await git(dir, ['init', '--quiet'])
  put('plimsoll.config.json', '{}')
  put('.git/hooks/commit-msg', '#!/bin/sh\n')
  chmodSync(join(dir, '.git/hooks/commit-msg'), 0o755)
  const before = await takeGuards(dir)
  const said = async () =>
    changedGuards(before, await takeGuards(dir)).map(({ file, kind, how }) => `${file} (${kind}): ${how}`)
  expect(await said()).toEqual([])
  put('plimsoll.config.json', '{"failOn":"high"}')
  expect(await said()).toEqual([])
  put('plimsoll.config.ts', 'export default {}')
  put('.claude/settings.local.json', '{"disableAllHooks":true}')
  put('.git/hooks/pre-commit', 'exit 0\n')
  put('.git/hooks/commit-msg', 'exit 0\n')
  await git(dir, ['config', 'core.hooksPath', '/dev/null'])
  expect(await said()).toEqual([
    '.claude/settings.local.json (gate): it was not there before',
    '.git/config (gate): git was told to look for its hooks elsewhere',
    '.git/hooks/commit-msg (gate): the hook was changed',
    '.git/hooks/pre-commit (gate): it was not there before',
    'plimsoll.config.ts (threshold): it was not there before',
  ])
  rmSync(join(dir, '.git/hooks/commit-msg'))
  expect(await said()).toContain('.git/hooks/commit-msg (gate): the hook was taken out')
  expect(changedGuards(null, await takeGuards(dir))).toEqual([])
})
