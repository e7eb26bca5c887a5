import { expect, test } from 'vitest'
import { readFixture } from '../read-fixture.ts'

const manifest = { name: 'app', dependencies: { pg: '^8.0.0' } }

const read = async (files: Record<string, string | object>) => {
  const found = await readFixture({ 'package.json': manifest, 'index.js': '', ...files })
  const { packages } = found.of('.')
  return [packages.manager, packages.install?.command, found.modules[0]?.versionOf('pg'), packages.installed]
}

test('the lockfile tells the manager, the command and the exact version', async () => {
  expect(await read({})).toEqual(['npm', 'npm install', null, false])
  expect(
    await read({
      'package-lock.json': { lockfileVersion: 3, packages: { 'node_modules/pg': { version: '8.11.3' } } },
    }),
  ).toEqual(['npm', 'npm ci', '8.11.3', false])
  expect(
    await read({ 'package-lock.json': { lockfileVersion: 1, dependencies: { pg: { version: '8.1.0' } } } }),
  ).toEqual(['npm', 'npm ci', '8.1.0', false])
  expect(
    await read({ 'yarn.lock': '# yarn lockfile v1\n\npg@^8.0.0:\n  version "8.7.3"\n  resolved "x"\n' }),
  ).toEqual(['yarn', 'yarn install --frozen-lockfile', '8.7.3', false])
  expect(
    await read({
      'yarn.lock':
        '__metadata:\n  version: 8\n\n"pg@npm:^8.0.0, pg@npm:^8.1.0":\n  version: 8.12.0\n  resolution: "x"\n',
      '.yarnrc.yml': 'nodeLinker: node-modules\n',
    }),
  ).toEqual(['yarn', 'yarn install --immutable', '8.12.0', false])
  expect(
    await read({
      'pnpm-lock.yaml':
        "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      pg:\n        specifier: ^8.0.0\n        version: 8.13.1(pg-native@3.0.0)\npackages:\n  pg@8.13.1: {}\n",
    }),
  ).toEqual(['pnpm', 'pnpm install --frozen-lockfile', '8.13.1', false])
  expect(await read({ 'bun.lock': '{ "packages": { "pg": ["pg@8.14.0", "", {}], }, }' })).toEqual([
    'bun',
    'bun install --frozen-lockfile',
    '8.14.0',
    false,
  ])
})

test('what is installed wins over what is locked, and makes the module installed', async () => {
  expect(
    await read({
      'package-lock.json': { lockfileVersion: 3, packages: { 'node_modules/pg': { version: '8.11.3' } } },
      'node_modules/pg/package.json': { name: 'pg', version: '8.16.0' },
    }),
  ).toEqual(['npm', 'npm ci', '8.16.0', true])
})

test('a package of a workspace finds what is hoisted and the lockfile above it', async () => {
  const found = await readFixture({
    'package.json': { name: 'root', private: true, workspaces: ['apps/*'] },
    'package-lock.json': {
      lockfileVersion: 3,
      packages: { 'node_modules/pg': { version: '8.0.0' }, 'apps/b/node_modules/pg': { version: '7.0.0' } },
    },
    'node_modules/pg/package.json': { name: 'pg', version: '8.0.1' },
    'apps/a/package.json': { name: 'a', dependencies: { pg: '^8' } },
    'apps/b/package.json': { name: 'b', dependencies: { pg: '^7', absent: '1' } },
    'apps/marker/package.json': { type: 'commonjs' },
  })
  expect(found.modules.map((module) => module.dir)).toEqual(['.', 'apps/a', 'apps/b'])
  expect(found.of('apps/a').packages).toMatchObject({
    installed: true,
    install: { command: 'npm ci', dir: '.' },
  })
  expect(found.of('apps/b').packages.installed).toBe(false)
})

test('npm brings the manager, in the version the repo asks for', async () => {
  const brings = async (files: Record<string, string | object>) =>
    (await readFixture({ 'package.json': manifest, 'index.js': '', ...files })).of('.').packages
      .managerPackage
  expect(await brings({})).toBe(null)
  expect(await brings({ 'pnpm-lock.yaml': "lockfileVersion: '6.0'\n" })).toBe('pnpm@8')
  expect(await brings({ 'yarn.lock': '' })).toBe('yarn@1')
  expect(await brings({ 'yarn.lock': '', '.yarnrc.yml': '' })).toBe('@yarnpkg/cli-dist@4')
  const wishing = { ...manifest, packageManager: 'pnpm@11.15.1+sha512.81350b' }
  expect(await brings({ 'package.json': wishing, 'pnpm-lock.yaml': '' })).toBe('pnpm@11.15.1')
})
