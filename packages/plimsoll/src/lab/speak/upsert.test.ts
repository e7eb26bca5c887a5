import { expect, test } from 'vitest'
import { createHarvest } from './harvest.ts'
import { keepName, newNames, takesNewName } from './upsert.ts'

const put = (path: string) => ({ method: 'PUT', path })

test('a name that the client gives may be a new one, an id may not', () => {
  const harvest = createHarvest()
  expect(newNames(put('/settings/:name'), harvest)).toEqual(['/settings/plimsoll'])
  expect(newNames(put('/settings/:id'), harvest)).toEqual([])
  expect(newNames(put('/books/:bookId'), harvest)).toEqual([])
  expect(newNames({ method: 'GET', path: '/settings/:name' }, harvest)).toEqual([])
  expect(newNames(put('/teams/:id/flags/:key'), harvest)).toEqual([])
  harvest.keep('/teams', '[{"id":4}]')
  expect(newNames(put('/teams/:id/flags/:key'), harvest)).toEqual(['/teams/4/flags/plimsoll'])
})

test('what was put there is known from then on', () => {
  const harvest = createHarvest()
  const route = put('/settings/:name')
  expect(takesNewName(route, harvest)).toBe(true)
  keepName(route, '/settings/plimsoll', harvest)
  expect(harvest.forParameter('/settings/:name', 'name')).toEqual(['plimsoll'])
  expect(takesNewName(route, harvest)).toBe(false)
})
