import { afterAll, expect, test } from 'vitest'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import glob from './index.ts'

const migrations = Object.fromEntries(
  Array.from({ length: 250 }, (_, at) => [`db/${String(at).padStart(3, '0')}.sql`, '']),
)
const fixture = writeFixture({
  ...migrations,
  'src/a.ts': '',
  'src/deep/b.ts': '',
  '.gitignore': 'dist\n',
  'dist/c.ts': '',
})
afterAll(fixture.remove)

const answer = async (input: object) => (await callTool(glob, input, fixture.dir)).text

test('files by pattern, ignored ones left out', async () => {
  expect(await answer({ pattern: '*.ts' })).toBe('src/a.ts\nsrc/deep/b.ts')
  expect(await answer({ pattern: 'src/*.ts' })).toBe('src/a.ts')
  expect(await answer({ pattern: '*.ts', path: 'src/deep' })).toBe('src/deep/b.ts')
})

test('many are counted, none is told', async () => {
  const lines = (await answer({ pattern: '*.sql' })).split('\n')
  expect([lines.length, lines.at(-1)]).toEqual([201, '(50 more: narrow the pattern)'])
  expect(await callTool(glob, { pattern: '*.py' }, fixture.dir)).toEqual({
    text: 'No file matches *.py; 253 files looked at.',
    failed: true,
  })
})
