import ts from 'typescript'
import { expect, test } from 'vitest'
import { openProject } from '../../../instruments/source/open-project.ts'
import { writeFixture } from '../../../instruments/source/write-fixture.ts'
import { openWorld, textOf, type Value } from './code.ts'

const follow = async (files: Readonly<Record<string, string | object>>) => {
  const { dir, remove } = writeFixture(files)
  try {
    const project = await openProject(dir)
    for (const file of project.files) project.text(file)
    return openWorld(project, { packages: {} })
  } finally {
    remove()
  }
}

const plain = (value: Value | null): unknown => {
  if (value?.kind === 'list') return value.items.map(plain)
  return value?.kind === 'constant' ? value.value : (value?.kind ?? null)
}

test('specifiers lead to files as TypeScript, bundlers and workspaces mean them', async () => {
  const { resolve } = await follow({
    'package.json': { name: 'root', imports: { '#db': './src/db.ts' } },
    'tsconfig.json': '{ "compilerOptions": { "baseUrl": "src", "paths": { "~lib/*": ["lib/*"] } } }',
    'src/a.ts': '',
    'src/db.ts': '',
    'src/lib/tool.ts': '',
    'src/routes/index.ts': '',
    'packages/core/package.json': { name: '@shop/core', main: 'dist/index.js' },
    'packages/core/src/index.ts': '',
    'packages/core/src/extra.ts': '',
  })
  const cases = [
    './db.js',
    './routes',
    '~lib/tool',
    'lib/tool',
    '#db',
    '@shop/core',
    '@shop/core/extra',
    'node:fs/promises',
  ]
  expect(cases.map((specifier) => resolve('src/a.ts', specifier))).toEqual([
    { kind: 'file', file: 'src/db.ts' },
    { kind: 'file', file: 'src/routes/index.ts' },
    { kind: 'file', file: 'src/lib/tool.ts' },
    { kind: 'file', file: 'src/lib/tool.ts' },
    { kind: 'file', file: 'src/db.ts' },
    { kind: 'file', file: 'packages/core/src/index.ts' },
    { kind: 'file', file: 'packages/core/src/extra.ts' },
    { kind: 'package', name: 'fs', subpath: 'promises' },
  ])
  expect(resolve('src/a.ts', './gone')).toEqual({ kind: 'missing', specifier: './gone' })
})

test('constants are computed across files, classes, enums and simple functions', async () => {
  const world = await follow({
    'main.ts': `
      import * as all from './values'
      import { BASE as renamed } from './values'
      import commonjs from './old'
      import path from 'node:path'
      enum Level { Low, High = 5, Higher }
      class Config { static readonly root = '/base'; static get full() { return Config.root + '/full' } }
      const join = (...parts: string[]) => parts.filter(Boolean).join('/')
      export const a = \`\${renamed}/users\`
      export const b = all.NESTED.path.toUpperCase()
      export const c = Config.full
      export const d = Level.Higher
      export const e = process.env.PREFIX || '/default'
      export const f = join('x', '', 'y')
      export const g = path.join('/a', '../b')
      export const h = ['p', ...commonjs.list].map((each, index) => each + index)
      export const i = Object.entries({ k: 'v' }).map(([key, value]) => key + '=' + value)
      export const j = ((flag?: boolean) => { if (flag) return 'yes'; return 'no' })()
      export const k = Math.random() > 0.5 ? 'one' : 'two'`,
    'values.ts': `export * from './deeper'; export const NESTED = { path: '/nested' } as const`,
    'deeper.ts': `export const BASE = '/base'`,
    'old.js': `exports.list = ['q']; exports.list.push('r')`,
  })
  const exported = (name: string) => plain(world.exported('main.ts', name))
  expect('abcdefghij'.split('').map(exported)).toEqual([
    '/base/users',
    '/NESTED',
    '/base/full',
    6,
    '/default',
    'x/y',
    '/b',
    ['p0', 'q1', 'r2'],
    ['k=v'],
    'no',
  ])
  expect(exported('k')).toBe('choice')
})

test('an expression is evaluated where it stands; parameters are unknown', async () => {
  const world = await follow({
    'a.ts': `
      const ROOT = '/x'
      export function make(name) { const path = ROOT + '/y'; return use(path, name) }`,
  })
  const found: Value[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) found.push(...node.arguments.map((each) => world.evaluate(each)))
    ts.forEachChild(node, visit)
  }
  const source = world.project.script('a.ts')
  if (source !== null) visit(source)
  expect(found.map((value) => textOf(value))).toEqual(['/x/y', null])
})

test('code that never ends is given up, not waited for', async () => {
  const world = await follow({
    'loop.js': `
      const again = (n) => again(n + 1) + again(n + 2)
      again(0)
      for (;;) { again(1) }
      while (true) { again(2) }
      module.exports = { done: true }`,
  })
  expect(plain(world.exported('loop.js', 'done'))).toBe(true)
})
