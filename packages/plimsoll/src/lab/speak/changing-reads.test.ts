import { expect, it } from 'vitest'
import { changesData, makesData, switchesOff } from './changing-reads.ts'

const route = (path: string, name: string | null = null, method = 'GET') => ({
  ...{ method, path, place: { file: 'app.js', line: 1 }, handler: { name, place: null }, middlewares: [] },
  ...{ guard: 'no' as const, validator: 'no' as const, framework: 'express' },
})

it.each(['/createdb', '/db/init', '/seed', '/api/setup', '/reset-database', '/populate_data', '/install'])(
  '%s makes what the app keeps',
  (path) => {
    expect([makesData(route(path)), changesData(route(path))]).toEqual([true, true])
  },
)

it.each(['/logout', '/cache/flush', '/users/:id/delete', '/shutdown', '/clear-all'])(
  '%s changes what the app keeps',
  (path) => {
    expect([makesData(route(path)), changesData(route(path))]).toEqual([false, true])
  },
)

it.each([
  '/',
  '/users',
  '/seeds',
  '/settings',
  '/posts/create',
  '/dropdowns',
  '/installations',
  '/resets',
  '/initials',
])('%s is a plain read', (path) => {
  expect(changesData(route(path))).toBe(false)
})

it('asks the name of the handler too, and nothing of other methods', () => {
  expect(makesData(route('/start', 'api_views.main.populate_db'))).toBe(true)
  expect(makesData(route('/start', 'resetDatabase'))).toBe(true)
  expect(changesData(route('/start', 'createReport'))).toBe(false)
  expect(changesData(route('/seed', null, 'POST'))).toBe(false)
})

it.each(['/admin/maintenance', '/users/:id/disable', '/system/read-only', '/environments/:name/off'])(
  'a write to %s may switch something off',
  (path) => {
    expect(switchesOff(route(path, null, 'POST'))).toBe(true)
    expect(switchesOff(route(path))).toBe(false)
  },
)

it.each([
  '/orders',
  '/maintenance/requests',
  '/accounts/:id/deposit',
  '/resource/:id/lock',
  '/auth/reset/password',
])('a write to %s switches nothing off', (path) => {
  expect(switchesOff(route(path, null, 'POST'))).toBe(false)
})
