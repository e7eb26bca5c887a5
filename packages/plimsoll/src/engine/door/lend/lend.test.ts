import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { serviceOf } from '../../../../../../test/support/staged-app.ts'
import { writeFixture } from '../../../instruments/source/write-fixture.ts'
import { addressesIn, closeForeign } from '../../../lab/environment/store-addresses.ts'
import { stores } from '../../../stores/catalogue.generated.ts'
import { lendEnvironment } from '../environment.ts'
import { coverSecretFile } from './secret-files.ts'

const closers: (() => unknown)[] = []
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

it.each([
  ['postgres://a:b@db.example.com/x', ['db.example.com:5432']],
  ['postgresql+asyncpg://a@10.0.0.3:6000/x', ['10.0.0.3:6000']],
  ['mongodb+srv://cluster.example.net/x', ['cluster.example.net:27017']],
  ['jdbc:mysql://db:3307/x', ['db:3307']],
  ['redis://[::1]:7000', ['[::1]:7000']],
  ['https://api.example.com', []],
  ['file:./dev.db', []],
])('reads where %s leads', (value, addresses) => {
  expect(addressesIn(value).map(({ host, port }) => `${host}:${port}`)).toEqual(addresses)
})

it.each([
  ['mysql://r:pw@reports.example:3307/y?ssl=1', 'mysql://r:pw@127.0.0.1:1/y?ssl=1'],
  ['mongodb+srv://a@cluster.example.net/x', 'mongodb://a@127.0.0.1:1/x'],
  ['redis://cache', 'redis://127.0.0.1:1'],
  ['redis://localhost:6379', 'redis://localhost:6379'],
  ['https://api.example.com/a@b', 'https://api.example.com/a@b'],
])('closes %s', (value, closed) => {
  expect(closeForeign(value)).toBe(closed)
})

it('shows lab values, invented secrets and nothing that was commented out', () => {
  const text = `# DATABASE_URL=postgres://a:real@prod/x
DATABASE_URL=postgres://a:real@prod/x
export SESSION_SECRET='real secret'
TLS_KEY="-----BEGIN KEY-----
real
-----END KEY-----"
SENTRY_DSN=https://real@sentry.example/1
SMTP=smtp://me:real@mail/
PORT=3000`
  const cover = coverSecretFile({ path: '.env', text }, { DATABASE_URL: 'postgres://lab@127.0.0.1/lab' })
  expect(cover).not.toContain('real')
  expect(cover.replace(/[0-9a-f]{64}/, '<made up>')).toMatchInlineSnapshot(`
    "DATABASE_URL=postgres://lab@127.0.0.1/lab
    SESSION_SECRET=<made up>
    TLS_KEY=
    SENTRY_DSN=
    SMTP=
    PORT=3000
    "
  `)
  expect(
    coverSecretFile(
      { path: '.npmrc', text: 'registry=https://r.example\n//r.example/:_authToken=real\n' },
      {},
    ),
  ).toBe('registry=https://r.example\n')
  expect(coverSecretFile({ path: 'server.key', text: 'real' }, {})).toBe('')
})

it('replaces what leads to a store, empties what the lab has not, and names the rest', async () => {
  const { dir, remove } = writeFixture({
    '.env':
      'DATABASE_URL=postgres://a:pw-1234567@127.0.0.1:5999/x\nREPORTS=mysql://r:pw-7654321@reports.example/y\n',
    '.env.production': 'DATABASE_URL=postgres://a:pw-9999999@db.example.com/x\n',
  })
  closers.push(remove)
  writeFileSync(join(dir, 'package.json'), '{}')
  const use = { client: 'x', version: null, place: null, hardCoded: null }
  const service = serviceOf({
    stores: [
      { ...use, store: 'postgres' },
      { ...use, store: 'unsupported:Redis' },
    ],
    env: [{ name: 'REDIS_URL', default: 'redis://cache.internal', example: null, place: null }],
  })
  const lent = await lendEnvironment({
    root: dir,
    service,
    config: {},
    stores,
    signal: new AbortController().signal,
  })
  closers.push(() => lent.close())
  expect(lent.env.DATABASE_URL).toMatch(/^postgres:\/\/lab:[a-z]{10}@127\.0\.0\.1:\d+\/lab/)
  expect(lent.env.REDIS_URL).toBe('')
  expect(lent.removed).toEqual(['REPORTS'])
  expect(lent.foreign).toEqual([
    { address: '127.0.0.1:5999', from: '.env' },
    { address: 'reports.example:3306', from: '.env' },
    { address: 'db.example.com:5432', from: '.env.production' },
    { address: 'cache.internal:6379', from: 'the code' },
  ])
  expect(
    lent.files?.map(({ text }) => text.replace(/:[a-z]{10}@127.0.0.1:\d+/, ':pw@lab')),
  ).toMatchInlineSnapshot(`
    [
      "DATABASE_URL="postgres://lab:pw@lab/lab?sslmode=disable"
    REPORTS=
    ",
      "DATABASE_URL="postgres://lab:pw@lab/lab?sslmode=disable"
    ",
    ]
  `)
  expect(lent.secrets).toEqual(expect.arrayContaining(['pw-1234567', 'pw-7654321', 'pw-9999999']))
  expect(lent.databases.get('postgres')?.isStarted()).toBe(false)
})
