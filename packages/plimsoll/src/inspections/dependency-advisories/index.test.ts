import { deflateRawSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { inspectFiles, inspectFolder } from '../../../../../test/support/inspect-code.ts'
import { readZip } from '../../instruments/source/read-zip.ts'
import { affectedBy, fixedIn, readAdvisory } from './advisory.ts'
import { comparePep440 } from './compare-pep440.ts'
import { compareSemver } from './compare-semver.ts'
import inspection from './index.ts'

const before = process.env.PLIMSOLL_ADVISORIES
afterEach(() => {
  if (before === undefined) delete process.env.PLIMSOLL_ADVISORIES
  else process.env.PLIMSOLL_ADVISORIES = before
})

const entry = (name: string, events: object[], more: object = {}, ecosystem = 'npm') => ({
  ...{ id: 'GHSA-aaaa-bbbb-cccc', summary: 'It can be hung', aliases: ['CVE-2020-1'] },
  database_specific: { severity: 'HIGH' },
  affected: [{ package: { ecosystem, name }, ranges: [{ type: 'SEMVER', events }] }],
  ...more,
})

const lock = (version: string, more: object = {}) => ({
  lockfileVersion: 3,
  packages: { '': { name: 'shop' }, 'node_modules/left-pad': { version, ...more } },
})

const statuses = async (files: Record<string, string | object>) =>
  (await inspectFiles(inspection, files)).map(({ status, tier, subject }) => [status, tier, subject])

const UNDER_2 = entry('left-pad', [{ introduced: '0' }, { fixed: '2.0.0' }])

test.each([
  ['package-lock.json', lock('1.9.9')],
  ['package-lock.json', { dependencies: { 'left-pad': { version: '1.9.9' } } }],
  ['pnpm-lock.yaml', "lockfileVersion: '9.0'\npackages:\n\n  left-pad@1.9.9:\n    resolution: {}\n"],
  [
    'pnpm-lock.yaml',
    "lockfileVersion: '6.0'\npackages:\n\n  /left-pad@1.9.9(react@18.0.0):\n    resolution: {}\n",
  ],
  ['yarn.lock', 'left-pad@^1.0.0, left-pad@^1.9.0:\n  version "1.9.9"\n'],
  ['yarn.lock', '"left-pad@npm:^1.0.0":\n  version: 1.9.9\n'],
])('%s %j holds a weak version', async (file, text) => {
  expect(await statuses({ [file]: text, '.advisories/a.json': UNDER_2 })).toEqual([
    ['refuted', 'defect', `${file}: left-pad 1.9.9`],
  ])
})

const PYTHON = entry('jinja2', [{ introduced: '0' }, { fixed: '3.1.3' }], {}, 'PyPI')

test.each([
  ['requirements.txt', 'flask==3.0.0\nJinja2==3.1.2 ; python_version > "3"\n'],
  ['poetry.lock', '[[package]]\nname = "jinja2"\nversion = "3.1.2"\n'],
  ['Pipfile.lock', '{"default": {"jinja2": {"hashes": [], "version": "==3.1.2"}}}'],
])('%s %j holds a weak version', async (file, text) => {
  expect(await statuses({ [file]: text, '.advisories/a.json': PYTHON })).toEqual([
    ['refuted', 'defect', `${file}: jinja2 3.1.2`],
  ])
})

test.each([
  ['fixed', lock('2.0.0'), UNDER_2],
  ['another package', lock('1.9.9'), entry('right-pad', [{ introduced: '0' }])],
  ['another ecosystem', lock('1.9.9'), entry('left-pad', [{ introduced: '0' }], {}, 'PyPI')],
  ['withdrawn', lock('1.9.9'), entry('left-pad', [{ introduced: '0' }], { withdrawn: '2024-01-01' })],
  ['before it came', lock('1.9.9'), entry('left-pad', [{ introduced: '1.10.0' }])],
  ['after the last', lock('1.9.9'), entry('left-pad', [{ introduced: '0' }, { last_affected: '1.9.8' }])],
  [
    'between two ranges',
    lock('1.9.9'),
    entry('left-pad', [{ introduced: '0' }, { fixed: '1.2.0' }, { introduced: '2.0.0' }]),
  ],
  ['no advisory', lock('1.9.9'), { name: 'left-pad', version: '1.9.9' }],
])('%s: proven', async (_, locked, advisory) => {
  const said = await statuses({ 'package-lock.json': locked, '.advisories/npm/a.json': advisory })
  expect(said).toEqual([['proven', undefined, 'locked dependencies']])
})

test('what only tests need is advice, what is malicious is critical', async () => {
  const files = { 'package-lock.json': lock('1.9.9', { dev: true }), '.advisories/a.json': UNDER_2 }
  expect(await inspectFiles(inspection, files)).toMatchObject([{ tier: 'advice', severity: 'low' }])
  const malicious = { ...UNDER_2, id: 'MAL-2024-1' }
  const judged = await inspectFiles(inspection, {
    'package-lock.json': lock('1.9.9'),
    '.advisories/a.json': malicious,
  })
  expect(judged).toMatchObject([{ tier: 'defect', severity: 'critical', cwe: 1395 }])
})

test('without a database or a lockfile nothing is claimed', async () => {
  process.env.PLIMSOLL_ADVISORIES = '/nowhere'
  expect(await statuses({ 'package-lock.json': lock('1.9.9') })).toEqual([
    ['not-applicable', undefined, 'locked dependencies'],
  ])
  expect(await statuses({ 'package.json': {} })).toEqual([
    ['not-applicable', undefined, 'locked dependencies'],
  ])
})

test.each([
  ['1.2.3', '1.2.4'],
  ['1.9.0', '1.10.0'],
  ['1.0.0-alpha', '1.0.0'],
  ['1.0.0-alpha.2', '1.0.0-alpha.10'],
  ['1.0.0-alpha', '1.0.0-alpha.1'],
  ['1.0.0-rc.1', '1.0.0-rc.beta'],
  ['1', '1.0.1'],
])('%s is before %s', (a, b) => {
  expect(compareSemver(a, b)).toBeLessThan(0)
  expect(compareSemver(b, a)).toBeGreaterThan(0)
})

test.each([
  ['1.0.dev1', '1.0a1'],
  ['1.0a1', '1.0b1'],
  ['1.0rc1', '1.0'],
  ['1.0', '1.0.post1'],
  ['1.0.post1', '1.0.1'],
  ['9.0', '1!1.0'],
  ['2.9', '2.10'],
])('%s is before %s in Python', (a, b) => {
  expect(comparePep440(a, b)).toBeLessThan(0)
  expect(comparePep440(b, a)).toBeGreaterThan(0)
})

test('what is no version is not compared', () => {
  expect(compareSemver('latest', '1.0.0')).toBeNull()
  expect(comparePep440('1.0', 'main')).toBeNull()
  expect(comparePep440('1.0', '1.0.0')).toBe(0)
})

test('the next fixed version is named', () => {
  const advisory = readAdvisory(
    JSON.stringify(
      entry('left-pad', [
        { introduced: '0' },
        { fixed: '1.2.0' },
        { introduced: '2.0.0' },
        { fixed: '2.1.0' },
      ]),
    ),
  )
  const affected = advisory && affectedBy(advisory, { ecosystem: 'npm', name: 'left-pad', version: '2.0.5' })
  expect(affected && fixedIn(affected, '2.0.5')).toBe('2.1.0')
})

/** A zip of one entry, by the format itself. */
const zipOf = (name: string, text: string) => {
  const [path, packed] = [Buffer.from(name), deflateRawSync(text)]
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50)
  local.writeUInt16LE(path.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(packed.length, 20)
  central.writeUInt16LE(path.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt32LE(local.length + path.length + packed.length, 16)
  return Buffer.concat([local, path, packed, central, path, end])
}

test('an archive is read entry by entry, and what is none is left alone', () => {
  expect([...readZip(zipOf('a.json', '{"id":1}'), '.json')]).toEqual(['{"id":1}'])
  expect([...readZip(zipOf('a.txt', 'x'), '.json')]).toEqual([])
  expect([...readZip(Buffer.from('no archive, though long enough'), '.json')]).toEqual([])
})

test('the twins', async () => {
  const broken = await inspectFolder(inspection, 'specimens/express/dependency-advisories/broken')
  expect(broken.map(({ status, tier, cwe, subject }) => [status, tier, cwe, subject])).toEqual([
    ['refuted', 'defect', 1395, 'package-lock.json: qs 6.5.2'],
  ])
  const fixed = await inspectFolder(inspection, 'specimens/express/dependency-advisories/fixed')
  expect(fixed.map(({ status }) => status)).toEqual(['proven'])
})
