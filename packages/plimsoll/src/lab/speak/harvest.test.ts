import { expect, test } from 'vitest'
import { createHarvest } from './harvest.ts'

const shown = (...answers: [string, unknown][]) => {
  const harvest = createHarvest()
  for (const [path, body] of answers) harvest.keep(path, JSON.stringify(body))
  return harvest
}

test('an id comes from the list before it', () => {
  const harvest = shown(['/venues', { data: [{ id: 3 }, { id: 4 }] }], ['/books', [{ id: 9 }]])
  expect(harvest.forParameter('/venues/:id', 'id')).toBe('3')
  expect(harvest.forParameter('/venues/:id/events', 'id')).toBe('3')
  expect(harvest.forParameter('/books/:id', 'id')).toBe('9')
})

test.each([
  ['/books/:isbn', 'isbn', [{ id: 1, isbn: '978-1' }], '978-1'],
  ['/books/:slug', 'slug', [{ id: 1, slug: 'how-to' }], 'how-to'],
  ['/books/:bookId', 'bookId', [{ id: 7 }], '7'],
  ['/books/:book_id', 'book_id', [{ uuid: 'u-1' }], 'u-1'],
  ['/books/:id', 'id', [{ _id: '64f0' }], '64f0'],
])('%s', (path, name, list, value) => {
  expect(shown(['/books', list]).forParameter(path, name)).toBe(value)
})

test('a parameter named after a thing is found where that thing is listed', () => {
  const harvest = shown(['/api/categories', [{ id: 5 }]], ['/boxes', [{ id: 6 }]])
  expect(harvest.forParameter('/shelves/:categoryId/books', 'categoryId')).toBe('5')
  expect(harvest.forParameter('/shelves/:boxId', 'boxId')).toBe('6')
})

test('an id of one thing never stands in for another', () => {
  const harvest = shown(['/venues', [{ id: 3 }]])
  expect(harvest.forParameter('/orders/:id', 'id')).toBeNull()
  expect(harvest.forField('orderId')).toBeUndefined()
})

test('references in bodies take ids that exist', () => {
  const harvest = shown(['/venues', [{ id: 3 }]], ['/bookings', [{ id: 1, room_id: 12 }]])
  expect(harvest.forField('venueId')).toBe(3)
  expect(harvest.forField('venue_id')).toBe(3)
  expect(harvest.forField('room_id')).toBe(12)
  expect(harvest.forField('title')).toBeUndefined()
})

test('what is not JSON, or holds no thing, teaches nothing', () => {
  const harvest = shown(['/a', 'text'], ['/b', null], ['/c', [1, 2]])
  harvest.keep('/d', '<html>')
  expect(harvest.forParameter('/a/:id', 'id')).toBeNull()
})

test('what another lab shows goes before what was kept until then', () => {
  const harvest = createHarvest()
  harvest.keep('/ships', '[{"id": 1}]')
  harvest.renew()
  expect(harvest.forParameter('/ships/:id', 'id')).toBe('1')
  harvest.keep('/ships', '[{"id": 2}]')
  expect(harvest.forParameter('/ships/:id', 'id')).toBe('2')
})
