import { expect, test } from 'vitest'
import { readFixture } from './facts/read-fixture.ts'

test('a broken manifest or source makes no module fail', async () => {
  const read = await readFixture({
    'package.json': '{ "name": "app", "scripts": { "start": 5 }, "dependencies": [] }',
    'index.js': 'const { = process.env',
    'package-lock.json': 'not json',
  })
  expect(read.of('.')).toMatchObject({ start: [], packages: { manager: 'npm', installed: true } })
})

test('modules are the folders with a package, outermost first; fixtures of tests are none', async () => {
  const read = await readFixture({
    'package.json': { name: 'root', workspaces: ['packages/*'] },
    'packages/api/package.json': { name: '@acme/api', dependencies: { express: '5' } },
    'packages/api/test/fixtures/x/package.json': { name: 'x', dependencies: { express: '5' } },
    'server/package.json': { name: 'server', scripts: { start: 'node .' } },
    'src/migrations/package.json': { type: 'commonjs' },
  })
  expect(read.modules.map(({ dir, name }) => [dir, name])).toEqual([
    ['.', 'root'],
    ['server', 'server'],
    ['packages/api', '@acme/api'],
  ])
})
