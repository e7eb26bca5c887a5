import { execFileSync } from 'node:child_process'
import { afterAll, expect, test } from 'vitest'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { globMatcher } from '../../base/text/glob.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { openFiles } from '../../instruments/workspace/open-files.ts'
import { type Search, search } from '../../instruments/workspace/search.ts'
import grep from './index.ts'

const fixture = writeFixture({
  'src/db.ts': "import pg from 'pg'\n\n// the pool\nexport const pool = new pg.Pool()\n",
  'src/routes.ts': "import { pool } from './db.ts'\nawait pool.query('SELECT 1')\n",
  'crlf.txt': 'one\r\nPool two\r\n',
  '.github/ci.yml': 'run: pool\n',
  'node_modules/pg/index.js': 'pool\n',
  'dist/db.js': 'pool\n',
  'ignored.log': 'pool\n',
  '.gitignore': '*.log\ndist\nnode_modules\n',
  '.env': 'POOL_PASSWORD=pool-secret\n',
  '.env.example': 'POOL_PASSWORD=\n',
  'evil.txt': `${'a'.repeat(40)}!\n`,
})
execFileSync('git', ['init', '-q'], { cwd: fixture.dir })
afterAll(fixture.remove)

const answer = async (input: object) => (await callTool(grep, input, fixture.dir)).text

test('lines with their places, ignored files left out', async () => {
  expect(await answer({ pattern: 'pool' })).toBe(
    [
      '5 matches in 3 files',
      '.github/ci.yml:1: run: pool',
      'src/db.ts:3: // the pool',
      'src/db.ts:4: export const pool = new pg.Pool()',
      "src/routes.ts:1: import { pool } from './db.ts'",
      "src/routes.ts:2: await pool.query('SELECT 1')",
    ].join('\n'),
  )
})

test('files that hold secrets are looked into only when they are named', async () => {
  expect(await answer({ pattern: 'PASSWORD' })).toBe('1 match in 1 file\n.env.example:1: POOL_PASSWORD=')
  expect(await answer({ pattern: 'PASSWORD', path: '.env' })).toBe(
    '1 match in 1 file\n.env:1: POOL_PASSWORD=pool-secret',
  )
})

test('narrowed, with lines around it', async () => {
  expect(await answer({ pattern: 'Pool()', text: true, path: 'src', glob: '*.ts', context: 1 })).toBe(
    '1 match in 1 file\nsrc/db.ts-3- // the pool\nsrc/db.ts:4: export const pool = new pg.Pool()',
  )
  expect(await answer({ pattern: 'POOL', ignoreCase: true, path: 'crlf.txt' })).toBe(
    '1 match in 1 file\ncrlf.txt:2: Pool two',
  )
})

test('nothing, a wrong pattern, a wrong path', async () => {
  expect(await callTool(grep, { pattern: 'nowhere' }, fixture.dir)).toEqual({
    text: 'Nothing matches in the workspace.',
    failed: true,
  })
  expect(await answer({ pattern: '(' })).toContain('The pattern cannot be used: ')
  expect(await answer({ pattern: 'x', path: 'src/bd.ts' })).toBe(
    'There is no src/bd.ts. Did you mean src/db.ts?',
  )
})

const wish = (part: Partial<Search>): Search => ({
  pattern: 'pool',
  isText: false,
  ignoreCase: false,
  dir: '.',
  context: 0,
  keep: () => true,
  signal: new AbortController().signal,
  ...part,
})

test.each([
  [{}],
  [{ context: 1 }],
  [{ ignoreCase: true, dir: 'src' }],
  [{ pattern: 'Pool()', isText: true }],
  [{ keep: globMatcher('*.txt'), pattern: '^Pool two$' }],
  [{ pattern: 'import .* from', dir: 'src/db.ts' }],
])('with and without ripgrep it finds the same: %o', async (part) => {
  const files = await openFiles(fixture.dir)
  const alone = await search(files, wish(part), { ripgrep: false })
  expect(await search(files, wish(part))).toEqual(alone)
  expect(JSON.stringify(alone)).toContain('isMatch')
})

test('what ripgrep does not take, we do', async () => {
  expect(await answer({ pattern: '(?<=const )pool' })).toContain('src/db.ts:4')
})
