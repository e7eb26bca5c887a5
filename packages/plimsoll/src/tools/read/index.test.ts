import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import read from './index.ts'

const many = Array.from({ length: 1_000 }, (_, at) => `line ${at + 1}`).join('\n')
const fixture = writeFixture({
  'src/db.ts': "import pg from 'pg'\n\nexport const pool = new pg.Pool()\n",
  'src/many.txt': many,
  'src/wide.txt': `${'x'.repeat(700)}\n`,
  'src/crlf.txt': 'one\r\ntwo\r\n',
  'empty.txt': '',
})
writeFileSync(join(fixture.dir, 'logo.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]))
afterAll(fixture.remove)

const answer = async (input: object) => (await callTool(read, input, fixture.dir)).text

test('a file, with the numbers of its lines', async () => {
  expect(await answer({ path: 'src/db.ts' })).toBe(
    "    1  import pg from 'pg'\n    2  \n    3  export const pool = new pg.Pool()",
  )
  expect(await answer({ path: 'src/crlf.txt' })).toBe('    1  one\n    2  two')
})

test('a part of it says what follows', async () => {
  expect(await answer({ path: 'src/many.txt', offset: 998 })).toBe(
    '  998  line 998\n  999  line 999\n 1000  line 1000',
  )
  expect(await answer({ path: 'src/many.txt', offset: 3, limit: 1 })).toBe(
    '    3  line 3\n(lines 3–3 of 1000; go on with offset 4)',
  )
  expect((await answer({ path: 'src/many.txt' })).split('\n').at(-1)).toBe(
    '(lines 1–600 of 1000; go on with offset 601)',
  )
  expect(await callTool(read, { path: 'src/many.txt', offset: 2_000 }, fixture.dir)).toEqual({
    text: 'src/many.txt has 1000 lines; there is no line 2000.',
    failed: true,
  })
})

test('a long line is cut, an empty file is called so, a binary one is not shown', async () => {
  expect(await answer({ path: 'src/wide.txt' })).toContain('x… (+200 characters)')
  expect(await answer({ path: 'empty.txt' })).toBe('empty.txt is empty.')
  expect(await answer({ path: 'logo.png' })).toBe('logo.png is a binary file of 7 bytes; it is not shown.')
})

test('a folder is listed', async () => {
  expect(await answer({ path: '.' })).toBe('./ · 3 entries\nempty.txt\nlogo.png\nsrc/')
})

test('a file that is not there: what was likely meant', async () => {
  expect(await callTool(read, { path: 'lib/db.js' }, fixture.dir)).toEqual({
    text: 'There is no lib/db.js. Did you mean src/db.ts?',
    failed: true,
  })
  expect(await answer({ path: 'unlike-anything.yaml' })).toBe(
    'There is no unlike-anything.yaml. Find it with glob.',
  )
})

test('outside of the workspace is refused', async () => {
  await expect(answer({ path: '../x' })).rejects.toMatchObject({ code: 'E_OUTSIDE_WORKSPACE' })
})
