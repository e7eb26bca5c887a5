import { expect, test } from 'vitest'
import { knownRequest, routeOf } from '../../../../../test/support/known-request.ts'
import { createHarvest } from '../speak/harvest.ts'
import { askForThings } from './other-things.ts'

const harvest = createHarvest()
harvest.keep('/orders', JSON.stringify([{ id: 7 }, { id: 8 }, { id: 'a b' }]))
harvest.keep('/venues/:venueId/events', '[{"id":1},{"id":2}]', '/venues/3/events')

const known = (pattern: string, path: string) => ({
  ...knownRequest('GET', path),
  route: routeOf('GET', pattern),
})

test.each([
  ['/orders', '/orders', ['/orders']],
  ['/orders/:id', '/orders/8', ['/orders/8', '/orders/7', '/orders/a%20b']],
  [
    '/orders/:id/lines',
    '/orders/8/lines?x=1',
    ['/orders/8/lines?x=1', '/orders/7/lines?x=1', '/orders/a%20b/lines?x=1'],
  ],
  ['/venues/:venueId/events/:id', '/venues/3/events/2', ['/venues/3/events/2', '/venues/3/events/1']],
  ['/orders/:id', '/orders/{{uuid}}', ['/orders/{{uuid}}']],
  ['/strange/:id', '/strange/1', ['/strange/1']],
])('%s asked as %s', (pattern, path, paths) => {
  const asked = askForThings(known(pattern, path), harvest)
  expect(asked.map((one) => one.path)).toEqual(paths)
})

test('a body refers to other things where the path names none', () => {
  const order = knownRequest('POST', '/payments', { body: { orderId: 7, note: '{{word}}' } })
  expect(askForThings(order, harvest)).toEqual([
    { path: '/payments', body: { orderId: 7, note: '{{word}}' } },
    { path: '/payments', body: { orderId: 8, note: '{{word}}' } },
    { path: '/payments', body: { orderId: 'a b', note: '{{word}}' } },
  ])
  const note = knownRequest('POST', '/notes', { body: { text: 'x' } })
  expect(askForThings(note, harvest)).toEqual([{ path: '/notes', body: { text: 'x' } }])
})
