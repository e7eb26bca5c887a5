import { expect, test } from 'vitest'
import { insideCopy, wireSqlite } from './wire.ts'

test.each([
  ['/var/lib/app/data.db', './data.db'],
  ['/srv/app.sqlite3', './app.sqlite3'],
  ['C:\\data\\app.sqlite', './app.sqlite'],
  ['sqlite:////data/app.db', 'sqlite:///app.db'],
  ['sqlite+aiosqlite:////data/app.db', 'sqlite+aiosqlite:///app.db'],
  ['sqlite:/data/app.db', 'sqlite:app.db'],
  ['file:/data/app.db?mode=rwc', 'file:./app.db?mode=rwc'],
  ['file:///data/app.db', 'file:./app.db'],
  ['jdbc:sqlite:/data/app.db', 'jdbc:sqlite:app.db'],
])('%s is led into the copy as %s', (value, inside) => {
  expect(insideCopy(value)).toBe(inside)
})

test.each([
  ...[
    './data.db',
    'data/app.sqlite',
    'file:./dev.db',
    'file:../dev.db',
    'sqlite:///app.db',
    'sqlite://app.db',
  ],
  ...[
    ':memory:',
    'sqlite::memory:',
    'sqlite://',
    '/var/log/app.log',
    '/usr/bin',
    'postgres://h/d',
    'https://x/y.db',
    '',
  ],
])('%s stays as it is', (value) => {
  expect(insideCopy(value)).toBeNull()
})

test('only what leads out is set, and a remote database becomes a file that is said', () => {
  const read = (name: string, example: string | null) => ({ name, default: null, example, place: null })
  const reads = [
    read('DB_FILE', '/data/app.db'),
    read('CACHE_FILE', './cache.db'),
    read('TURSO_DATABASE_URL', 'libsql://shop-me.turso.io'),
    read('PORT', null),
  ]
  expect(wireSqlite(null, reads)).toEqual({
    env: { DB_FILE: './app.db', TURSO_DATABASE_URL: 'file:./plimsoll.db' },
    by: ['DB_FILE', 'TURSO_DATABASE_URL'],
    gap: 'TURSO_DATABASE_URL names a database of another machine, replaced by a file',
  })
})
