import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openTestDoor } from '../../../../../test/support/open-test-door.ts'
import secretLeak from '../../inspections/secret-leak/index.ts'
import { hashFiles, hashTree } from '../../instruments/source/hash-tree.ts'
import { openProject } from '../../instruments/source/open-project.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { standards } from '../../standards/catalogue.generated.ts'

const LEAK = `export const key = 'sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}'\n`
const { dir, remove } = writeFixture({
  'package.json': { name: 'ledger' },
  'pay.js': LEAK,
  'gone.js': 'export const a = 1\n',
  '.gitignore': '.env\n',
  '.env': 'A=1\n',
})
afterAll(remove)

test('the files before are proved in a copy, and count as evidence of that tree', async () => {
  const none = { languages: [], frameworks: [], stores: [], experiments: [] }
  const door = await openTestDoor(dir, { families: { ...none, standards, inspections: [secretLeak] } })
  const hashes = hashFiles(await openProject(dir))
  const texts = new Map(['pay.js', 'gone.js'].map((file) => [file, readFileSync(join(dir, file), 'utf8')]))
  writeFileSync(join(dir, 'pay.js'), 'export const key = process.env.PAY_KEY\n')
  writeFileSync(join(dir, 'new.js'), LEAK)
  rmSync(join(dir, 'gone.js'))
  const earlier = { hash: hashTree(hashes), hashes, read: async (file: string) => texts.get(file) ?? null }
  const wishes = { only: ['secret-leak'], signal: new AbortController().signal }
  const proved = await door.proveEarlier(earlier, wishes)
  const refuted = proved?.run.verdicts.filter(({ status }) => status === 'refuted')
  expect(refuted?.map(({ subject }) => subject).join()).toContain('pay.js')
  expect(refuted?.map(({ subject }) => subject).join()).not.toContain('new.js')
  expect(readFileSync(join(dir, 'new.js'), 'utf8')).toBe(LEAK)
  expect(door.runs()).toEqual([])
  expect(door.evidence(earlier.hash).map(({ id }) => id)).toEqual([proved?.run.id])
  // What cannot be brought back whole is not proved as if it were.
  expect(await door.proveEarlier({ ...earlier, read: async () => 'other' }, wishes)).toBeNull()
  await door.close()
})
