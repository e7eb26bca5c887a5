import { describe, expect, it } from 'vitest'
import { DIAGNOSES, diagnose } from './diagnoses.ts'

const circumstance = {
  step: 'start',
  install: 'npm ci',
  build: 'npm run build',
  wantedRuntime: '>=22',
  stores: ['postgres'],
}
const idOf = (text: string) => DIAGNOSES.find(({ pattern }) => pattern.test(text))?.id
const mendOf = (text: string) => diagnose(text, circumstance)?.replaceAll(process.version, '<node>')

describe('a missing variable is named, however a library tells it', () => {
  it.each([
    ['by hand', 'Error: JWT_SECRET is not defined'],
    ['by hand, the other way round', 'Error: Missing required environment variable: JWT_SECRET'],
    ['by hand, as an assertion', 'AssertionError: JWT_SECRET must be set'],
    ['joi', 'Error: Config validation error: "JWT_SECRET" is required'],
    ['getOrThrow', 'TypeError: Configuration key "JWT_SECRET" does not exist'],
    ['env-var', 'EnvVarError: env-var: "JWT_SECRET" is a required variable, but it was not set'],
    ['envalid', ' Missing environment variables:\n    JWT_SECRET: a secret (eg. "x")'],
    [
      'dotenv-safe',
      'The following variables were defined in .env.example but are not present in the environment:\n  JWT_SECRET',
    ],
    ['a flattened schema', "❌ Invalid environment variables: { JWT_SECRET: [ 'Required' ] }"],
    ['a schema with paths', '[{ "code": "invalid_type", "path": [\n "JWT_SECRET"\n ] }]'],
    ['a prettified schema', '✖ Invalid input: expected string, received undefined\n  → at JWT_SECRET'],
    ['ajv', "Error: env must have required property 'JWT_SECRET'"],
    ['prisma', 'error: Environment variable not found: JWT_SECRET.'],
    ['python', "KeyError: 'JWT_SECRET'"],
  ])('%s', (_, text) => {
    expect(mendOf(text)).toBe('Set "env": { "JWT_SECRET": "…" } in plimsoll.config.json.')
  })
})

it.each([
  [
    'store-refused',
    'Error: connect ECONNREFUSED ::1:6379\n    at TCPConnectWrap',
    'The app needs redis (::1:6379)',
  ],
  ['store-refused', 'connect ECONNREFUSED 127.0.0.1:5432', "although the lab's postgres is elsewhere"],
  ['store-refused', 'connect ECONNREFUSED 127.0.0.1:4000', 'something on 127.0.0.1:4000'],
  ['store-refused-prisma', "P1001: Can't reach database server at `localhost:5432`", "the lab's postgres"],
  ['store-refused-prisma', "Can't reach database server at `db`:`3306`", 'needs mysql (db:3306)'],
  ['host-unknown', 'getaddrinfo ENOTFOUND redis', 'the host "redis"'],
  [
    'module-missing',
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'zod' imported from x",
    '"zod" is not installed',
  ],
  ['module-missing', "ModuleNotFoundError: No module named 'flask'", '"flask" is not installed'],
  ['module-built', "Error: Cannot find module '/x/dist/main.js'", 'dist/main.js is made by the build'],
  [
    'read-only',
    "Error: EROFS: read-only file system, mkdir '/data/uploads'",
    '/data/uploads cannot be written',
  ],
  ['read-only', 'mkdir: cannot create directory ‘/data’: Read-only file system', '/data cannot be written'],
  ['read-only', "OSError: [Errno 30] Read-only file system: '/data/a'", '/data/a cannot be written'],
  ['native-addon', 'Error: Could not locate the bindings file. Tried:', 'npm rebuild'],
  [
    'node-option',
    'node: bad option: --experimental-strip-types',
    '<node>) does not know --experimental-strip-types',
  ],
  ['command-missing', 'sh: 1: nest: not found', 'The program "nest" is not on this machine'],
  ['command-missing', '/bin/sh: 1: exec: nest: not found', 'The program "nest" is not on this machine'],
  ['store-tls', 'Error: The server does not support SSL connections', 'asks its database for TLS'],
  ['prisma-client', '@prisma/client did not initialize yet. Please run "prisma generate"', 'prisma generate'],
  ['secret-missing', 'Error: secretOrPrivateKey must have a value', 'no secret to sign with'],
  [
    'plugin-late',
    "AvvioError: Plugin did not start in time: 'store-auto-4'. You may have",
    'store-auto-4 took longer',
  ],
  ['relation-missing', 'sqlite3.OperationalError: no such table: users', 'The table users does not exist'],
])('%s: %s', (id, text, part) => {
  expect(idOf(text)).toBe(id)
  expect(mendOf(text)).toContain(part)
})

const held = (address: string) =>
  mendOf(
    `Error: connect ECONNREFUSED ${address} (refused by Plimsoll's lab: it is not the lab's; to let it pass: …)`,
  )

it('names what the lab itself refused, and how to declare it', () => {
  expect(held('127.0.0.1:6379')).toBe(
    'The lab refused 127.0.0.1:6379, which the app asked for: it is a redis that is not the lab\'s. Set "outbound": ["127.0.0.1:6379"] in plimsoll.config.json if it holds nothing that matters; if the app runs without it, set "stores": { "redis": { "use": false } }.',
  )
  expect(held('/run/postgresql/.s.PGSQL.5432')).toBe(
    'The lab refused /run/postgresql/.s.PGSQL.5432, which the app asked for: it is a postgres that is not the lab\'s. The lab\'s own is elsewhere: let the app read the address, and set "env": { "NAME": "{{postgres.url}}" } in plimsoll.config.json.',
  )
  expect(held('licence.example.com:443')).toBe(
    'The lab refused licence.example.com:443, which the app asked for and which is outside the lab. If the app needs it, declare it. Set "outbound": ["licence.example.com:443"] in plimsoll.config.json.',
  )
  expect(diagnose('giving up', { ...circumstance, refused: ['/run/mysqld/mysqld.sock'] })).toContain(
    'Set "outbound": ["/run/mysqld/mysqld.sock"]',
  )
})

it('says nothing about what it does not know', () => {
  expect(diagnose('Error: the flux capacitor is empty', circumstance)).toBeNull()
  expect(diagnose('Server listening on 3000', circumstance)).toBeNull()
})
