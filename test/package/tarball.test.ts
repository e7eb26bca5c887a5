import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { publint } from 'publint'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Run } from '../../packages/plimsoll/src/model/run.ts'
import { insist, packPlimsoll, perform } from '../support/pack.ts'
import { files, root } from '../support/repository.ts'

/** A quarter reads patterns (recheck, whose own package brings 58 MB), a tenth speaks to models, MCP and editors. */
const LARGEST_KB = 3_200

let packed: ReturnType<typeof packPlimsoll> | undefined
/** an empty folder of a stranger, with the package installed */
let home = ''

const copyExample = () => {
  for (const file of files.filter((it) => it.startsWith('examples/booking/'))) {
    const to = join(home, file.slice('examples/'.length))
    mkdirSync(dirname(to), { recursive: true })
    cpSync(join(root, file), to)
  }
  insist(join(home, 'booking'), 'npm', 'install', '--ignore-scripts')
}

beforeAll(() => {
  packed = packPlimsoll()
  home = mkdtempSync(join(tmpdir(), 'plimsoll-home-'))
  writeFileSync(join(home, 'package.json'), '{ "name": "stranger", "private": true }')
})
afterAll(() => {
  packed?.remove()
  if (home !== '') rmSync(home, { recursive: true, force: true })
})

const tarball = () => packed?.tarball ?? ''

test('the tarball holds what runs, and no test', () => {
  const names = insist(home, 'tar', '-tzf', tarball())
    .split('\n')
    .filter(Boolean)
    .map((name) => name.replace(/^package\//, ''))
  expect(names.filter((name) => /(\.test\.|\/test-|__snapshots__|\.tsbuildinfo$)/.test(name))).toEqual([])
  expect(names.filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))).toEqual([])
  expect(names).toEqual(
    expect.arrayContaining([
      'package.json',
      'readme.md',
      'bin/plimsoll.js',
      'bin/watchdog.js',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/cli/main.js',
      'assets/report.html',
      'assets/explanations.json',
      'assets/schema/config.json',
      'assets/confine/node.cjs',
      'assets/confine/sitecustomize.py',
      'assets/schema/run.json',
      'assets/grammars/python.wasm',
      'assets/agents/backend.md',
      'assets/patterns/outbox/SKILL.md',
      'bin/sandbox.js',
      'dist/vendor/models.js',
      'dist/vendor/LICENSES.txt',
    ]),
  )
  expect(statSync(tarball()).size / 1e3, 'Look into the tarball for what it need not carry.').toBeLessThan(
    LARGEST_KB,
  )
})

test('publint has nothing to say', async () => {
  const { messages } = await publint({ pkgDir: packed?.packageDir ?? '', strict: true })
  expect(messages).toEqual([])
})

test('it installs in an empty folder, without any install script', () => {
  insist(home, 'npm', 'install', '--ignore-scripts', tarball())
  const plimsoll = join(home, 'node_modules/.bin/plimsoll')
  expect(insist(home, plimsoll, '--help')).toContain('prove')
  expect(
    insist(home, 'node', '-e', "import('plimsoll').then((it) => console.log(typeof it.defineConfig))"),
  ).toBe('function\n')
})

test.each(['models', 'mcp-client', 'mcp-server', 'acp', 'shell'])('%s is built in', (name) => {
  const load = `import('./node_modules/plimsoll/dist/vendor/${name}.js').then((it) => console.log(Object.keys(it).length > 0))`
  expect(insist(home, 'node', '-e', load)).toBe('true\n')
})

test('agents and routes are read from the package', () => {
  const plimsoll = join(home, 'node_modules/.bin/plimsoll')
  expect(insist(home, plimsoll, 'agents')).toContain('backend')
  expect(insist(home, plimsoll, 'route', 'add an endpoint')).toContain('backend is clear')
})

const runsBelow = (dir: string) =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('run.json') && !file.includes('node_modules'),
  )

const LOAD = `
  import { createServer } from 'node:http'
  import { createLoadGenerator } from './node_modules/plimsoll/dist/instruments/load/create-load-generator.js'
  const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1', async () => {
    const generator = createLoadGenerator({ nowMs: () => performance.now() })
    const { operations } = await generator.run({
      target: { host: '127.0.0.1', port: server.address().port },
      protocol: 'http/1.1',
      operations: [{ name: 'GET /', weight: 1, requests: [{ method: 'GET', path: '/', headers: {} }] }],
      arrivals: { kind: 'constant', ratePerSecond: 100 },
      ...{ durationMs: 200, connections: 2, timeoutMs: 10_000, slowMs: 200, seed: 1 },
    }).done
    console.log(operations[0].meant, operations[0].answered)
    await generator.close()
    server.close()
  })
`

test('load is sent from threads of the package', () => {
  writeFileSync(join(home, 'load.mjs'), LOAD)
  expect(insist(home, 'node', 'load.mjs')).toBe('20 20\n')
})

/** What leans on files beside the code: the grammar of SQL, the wire, a store, the source. */
const PROBES = 'crash-on-store-loss,torn-write,query-count,secret-leak'

test('and there it proves the example, with findings that replay', () => {
  copyExample()
  const plimsoll = join(home, 'node_modules/.bin/plimsoll')
  const { status, out, err } = perform(home, plimsoll, 'prove', 'booking', '--only', PROBES)
  expect(status, `${out}${err}`).toBe(1)
  const [file = ''] = runsBelow(home)
  const run = Run.parse(JSON.parse(readFileSync(join(home, file), 'utf8')))
  const found = run.verdicts.filter(({ status: said, tier }) => said === 'refuted' && tier === 'defect')
  expect(run).toMatchObject({ exitCode: 1, end: 'complete' })
  expect(found.length).toBeGreaterThan(0)
  expect(found.filter(({ replay }) => replay === undefined)).toEqual([])
  expect(run.probes.filter(({ outcome }) => outcome !== 'ran')).toEqual([])
})
