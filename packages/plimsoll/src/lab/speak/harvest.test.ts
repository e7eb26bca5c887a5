import { describe, expect, test } from 'vitest'
import { createHarvest, type Harvest } from './harvest.ts'
import { idOf } from './things.ts'

/** Values that a field may take, the best first. */
const ids = (harvest: Harvest, name: string, path = '/orders') => harvest.forField(name, path).map(idOf)

const shown = (...answers: [string, unknown][]) => {
  const harvest = createHarvest()
  for (const [path, body] of answers) harvest.keep(path, JSON.stringify(body))
  return harvest
}

test('an id comes from the list before it', () => {
  const harvest = shown(['/venues', { data: [{ id: 3 }, { id: 4 }] }], ['/books', [{ id: 9 }]])
  expect(harvest.forParameter('/venues/:id', 'id')[0]).toBe('3')
  expect(harvest.forParameter('/venues/:id/events', 'id')[0]).toBe('3')
  expect(harvest.forParameter('/books/:id', 'id')[0]).toBe('9')
})

test.each([
  ['/books/:isbn', 'isbn', [{ id: 1, isbn: '978-1' }], '978-1'],
  ['/books/:slug', 'slug', [{ id: 1, slug: 'how-to' }], 'how-to'],
  ['/books/:bookId', 'bookId', [{ id: 7 }], '7'],
  ['/books/:book_id', 'book_id', [{ uuid: 'u-1' }], 'u-1'],
  ['/books/:id', 'id', [{ _id: '64f0' }], '64f0'],
])('%s', (path, name, list, value) => {
  expect(shown(['/books', list]).forParameter(path, name)[0]).toBe(value)
})

test('a parameter named after a thing is found where that thing is listed', () => {
  const harvest = shown(['/api/categories', [{ id: 5 }]], ['/boxes', [{ id: 6 }]])
  expect(harvest.forParameter('/shelves/:categoryId/books', 'categoryId')[0]).toBe('5')
  expect(harvest.forParameter('/shelves/:boxId', 'boxId')[0]).toBe('6')
})

test('of many that are listed, one of ours is tried second: what others have may be refused to us', () => {
  const harvest = shown([
    '/notes',
    [{ title: 'One' }, { title: 'Two' }, { title: 'Three' }, { title: 'Our own' }],
  ])
  harvest.ours('/notes', { title: 'Our own note', secret: 'x' }, '{"message":"added"}')
  harvest.keep('/notes', JSON.stringify([{ title: 'Our own note' }]))
  expect(harvest.forParameter('/notes/:title', 'title').slice(0, 3)).toEqual(['One', 'Our own note', 'Two'])
  const posts = shown([
    '/posts',
    [{ slug: 'first-of-all' }, { slug: 'second-one' }, { slug: 'our-own-post' }],
  ])
  posts.ours('/posts', { post: { title: 'Our own post' } }, '{"post":{"slug":"our-own-post"}}')
  expect(posts.forParameter('/posts/:slug', 'slug')).toEqual(['first-of-all', 'our-own-post', 'second-one'])
  const orders = shown(['/orders', [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 9 }]])
  orders.ours('/orders', {}, '{"order":{"id":9}}')
  expect(orders.forParameter('/orders/:id', 'id').slice(0, 3)).toEqual(['1', '9', '2'])
})

test('what a path makes is of the kind that it names, and what is done to people is done to one of them', () => {
  const harvest = shown(['/admin/new-seat', { id: 8, row: 'A' }], ['/users', [{ id: 5 }]])
  expect(harvest.forParameter('/like/:seat_id', 'seat_id')).toEqual(['8'])
  expect(harvest.forParameter('/admin/promote/:id', 'id')).toEqual(['5'])
  expect(harvest.forParameter('/admin/archive/:id', 'id')).toEqual([])
})

test('an id of one thing never stands in for another', () => {
  const harvest = shown(['/venues', [{ id: 3 }]])
  expect(harvest.forParameter('/orders/:id', 'id')).toEqual([])
  expect(ids(harvest, 'orderId')).toEqual([])
})

test('references in bodies take ids that exist', () => {
  const harvest = shown(['/venues', [{ id: 3 }]], ['/bookings', [{ id: 1, room_id: 12 }]])
  expect(ids(harvest, 'venueId')[0]).toBe(3)
  expect(ids(harvest, 'venue_id')[0]).toBe(3)
  expect(ids(harvest, 'room_id')[0]).toBe(12)
  expect(ids(harvest, 'title')).toEqual([])
})

test('what is not JSON, or holds no thing, teaches nothing', () => {
  const harvest = shown(['/a', 'text'], ['/b', null], ['/c', [1, 2]])
  harvest.keep('/d', '<html>')
  expect(harvest.forParameter('/a/:id', 'id')).toEqual([])
})

test('what another lab shows goes before what was kept until then', () => {
  const harvest = createHarvest()
  harvest.keep('/ships', '[{"id": 1}]')
  harvest.renew()
  expect(harvest.forParameter('/ships/:id', 'id')[0]).toBe('1')
  harvest.keep('/ships', '[{"id": 2}]')
  expect(harvest.forParameter('/ships/:id', 'id')[0]).toBe('2')
})

test('what is listed below a thing belongs to it', () => {
  const harvest = createHarvest()
  harvest.keep('/events/:id/seats', '[{"id": 61}]', '/events/4/seats')
  const [seat] = harvest.forField('seatIds', '/bookings')
  expect(seat?.owners).toEqual(new Map([['event', '4']]))
  expect(harvest.forParameter('/events/:id/seats/:seatId', 'seatId', '/events/4/seats/:seatId')).toEqual([
    '61',
  ])
})

test('things inside others are called by their key, and envelopes are no things', () => {
  const harvest = shown(['/orders', { data: [{ id: 1, lines: [{ id: 50 }] }] }], ['/x', { user: { id: 7 } }])
  expect(ids(harvest, 'lineId')).toEqual([50])
  expect(ids(harvest, 'orderId')[0]).toBe(1)
  expect(ids(harvest, 'userId')).toEqual([7])
})

test.each([
  ['toAccountId', [3]],
  ['from_account_id', [3]],
  ['account_ids', [3]],
  ['from', [3]],
  ['ids', [3]],
  ['note', []],
])('%s', (name, expected) => {
  expect(ids(shown(['/accounts', [{ id: 3 }]]), name, '/accounts/transfer')).toEqual(expected)
})

describe('rows of the store', () => {
  const harvest = createHarvest()
  harvest.rows('coupons', [{ id: 4, code: 'WELCOME', uses: 0 }])
  harvest.rows('accounts', [{ account_id: 9, balance: 100 }])

  test('fill what no route shows', () => {
    expect(harvest.forParameter('/coupons/:code/redeem', 'code')).toEqual(['WELCOME'])
    expect(harvest.forParameter('/coupons/:couponCode/redeem', 'couponCode')).toEqual(['WELCOME'])
    expect(harvest.forParameter('/api/accounts/:id/withdraw', 'id')).toEqual(['9'])
    expect(ids(harvest, 'accountId')).toEqual([9])
    expect(harvest.forParameter('/orders/:id', 'id')).toEqual([])
  })

  test('come after what the API shows', () => {
    harvest.keep('/coupons', '[{"id": 5, "code": "SPRING"}]')
    expect(harvest.forParameter('/coupons/:code/redeem', 'code')).toEqual(['SPRING', 'WELCOME'])
  })
})

test('what was made in this lab only comes last', () => {
  const harvest = createHarvest()
  harvest.made('/bookings', '{"id": 9}')
  harvest.keep('/bookings', '[{"id": 4}]')
  expect(harvest.forParameter('/bookings/:id', 'id')).toEqual(['4', '9'])
})
