import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { git } from '../../instruments/source/git.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { findSince, type SinceOptions } from './find-since.ts'
import { sessionStart } from './session-start.ts'

const removals: (() => void)[] = []
afterAll(() => {
  for (const remove of removals) remove()
})

const WHO = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
const NOW = new Date('2026-03-10T12:00:00Z')

/** A repository of which each commit is made at a time of its own; their ids by name. */
const openRepository = async (commits: readonly (readonly [name: string, at: string])[]) => {
  const { dir, remove } = writeFixture({ 'a.txt': 'a\n' })
  removals.push(remove)
  await git(dir, ['init', '--quiet', '--initial-branch=main'])
  const ids = new Map<string, string>()
  const commit = async (name: string, at: string) => {
    const env = { GIT_COMMITTER_DATE: at, GIT_AUTHOR_DATE: at }
    await git(dir, [...WHO, 'commit', '--quiet', '--allow-empty', '-m', name], { env })
    ids.set(((await git(dir, ['rev-parse', 'HEAD'])) ?? '').trim(), name)
  }
  for (const [name, at] of commits) await commit(name, at)
  const since = async (more: Partial<SinceOptions> = {}) => {
    const options = { startedAt: null, now: () => NOW, proven: async () => [], ...more }
    const { base, why } = await findSince(dir, options)
    return [base === null ? null : (ids.get(base.commit) ?? base.commit), why]
  }
  const idOf = (name: string) => [...ids].find(([, known]) => known === name)?.[0] ?? ''
  return { dir, commit, since, idOf }
}

const OLD = ['old', '2026-03-01T12:00:00Z'] as const
const MIDDLE = ['middle', '2026-03-08T12:00:00Z'] as const
const TODAY = ['today', '2026-03-10T09:00:00Z'] as const
const LAST = ['last', '2026-03-10T11:00:00Z'] as const

describe('on the default branch, without a remote', () => {
  test('what was committed within a day counts; a session that tells when it began is more exact', async () => {
    const { since } = await openRepository([OLD, MIDDLE, TODAY, LAST])
    expect(await since()).toEqual(['middle', 'the last commit that is older than a day'])
    const startedAt = '2026-03-10T10:00:00Z'
    expect(await since({ startedAt })).toEqual(['today', 'the last commit that is older than this session'])
    expect(await since({ given: 'HEAD~3' })).toEqual(['old', 'named with --since'])
  })

  test('a whole proof is a base as long as it is older than the work', async () => {
    const { since, idOf } = await openRepository([OLD, MIDDLE, TODAY, LAST])
    const proven = (...names: string[]) => ({
      proven: async () => names.map((name) => ({ commit: idOf(name), run: name })),
    })
    expect(await since(proven('old'))).toEqual(['old', 'the last commit that was proven whole (Run old)'])
    expect(await since(proven('last', 'middle', 'old'))).toEqual([
      'middle',
      'the last commit that was proven whole (Run middle)',
    ])
    expect(await since(proven('last'))).toEqual(['middle', 'the last commit that is older than a day'])
  })

  test('a young repository is new as a whole', async () => {
    const { since } = await openRepository([TODAY, LAST])
    expect(await since()).toEqual([null, 'no commit is older than a day, so that everything is new'])
    const none = await openRepository([])
    expect(await none.since()).toEqual([null, 'there is no commit yet, so that everything is new'])
  })
})

test('a branch is held against where it left the default one, local or of the remote', async () => {
  const { dir, commit, since } = await openRepository([OLD, MIDDLE])
  await git(dir, ['checkout', '--quiet', '-b', 'refunds'])
  await commit(...TODAY)
  expect(await since()).toEqual(['middle', 'where this branch left main'])
  await git(dir, ['remote', 'add', 'upstream', dir])
  await git(dir, ['update-ref', 'refs/remotes/upstream/main', 'HEAD~2'])
  expect(await since()).toEqual(['old', 'where this branch left upstream/main'])
  await git(dir, ['update-ref', 'refs/remotes/upstream/main', 'HEAD'])
  expect(await since()).toEqual(['today', 'where this branch left upstream/main'])
  // What the session pushed is its work all the same.
  expect(await since({ startedAt: '2026-03-10T08:00:00Z' })).toEqual([
    'middle',
    'the last commit that is older than this session',
  ])
})

test('the start of a session is the first time that its transcript names', async () => {
  const { dir, remove } = writeFixture({
    'claude.jsonl':
      '{"type":"summary"}\n{"type":"user","timestamp":"2026-03-10T08:00:00.000Z"}\n{"timestamp":"2027-01-01T00:00:00Z"}\n',
    'gemini.json': '{\n "startTime": "2026-03-10T09:00:00Z"\n}\n',
    'empty.json': '{}',
  })
  removals.push(remove)
  mkdirSync(join(dir, 'folder'))
  writeFileSync(join(dir, 'odd.json'), '{"timestamp":"2026-99-99T99:99:99Z"}')
  const at = (file: string) => sessionStart(join(dir, file))
  expect(at('claude.jsonl')).toBe('2026-03-10T08:00:00.000Z')
  expect(at('gemini.json')).toBe('2026-03-10T09:00:00.000Z')
  expect(['empty.json', 'odd.json', 'folder', 'gone.json'].map(at)).toEqual([null, null, null, null])
})
