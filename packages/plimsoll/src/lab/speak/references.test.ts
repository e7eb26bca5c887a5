import { expect, test } from 'vitest'
import { createHarvest } from './harvest.ts'
import { lacksReferences, withReferences } from './references.ts'

const shown = (...answers: [path: string, body: unknown, sent?: string][]) => {
  const harvest = createHarvest()
  for (const [path, body, sent] of answers) harvest.keep(path, JSON.stringify(body), sent)
  return harvest
}

test('a seat of the event that is booked goes before any other', () => {
  const harvest = shown(
    ['/seats', [{ id: 1 }, { id: 2 }]],
    ['/events', [{ id: 7 }, { id: 8 }]],
    [
      '/events/:id/seats',
      [
        { id: 60, free: false },
        { id: 61, free: true },
      ],
      '/events/8/seats',
    ],
  )
  const [best, next] = withReferences({ eventId: 1, seatIds: [1] }, '/bookings', '/bookings', harvest)
  expect(best).toEqual({ eventId: 8, seatIds: [61] })
  expect(next).toEqual({ eventId: 8, seatIds: [60] })
})

test('things of one third go together', () => {
  const harvest = shown(
    ['/rooms', [{ id: 1, hotel_id: 5 }]],
    [
      '/rates',
      [
        { id: 10, hotel_id: 4 },
        { id: 11, hotel_id: 5 },
      ],
    ],
  )
  expect(withReferences({ room_id: 0, rate_id: 0 }, '/stays', '/stays', harvest)[0]).toEqual({
    room_id: 1,
    rate_id: 11,
  })
})

test('what is named in the path decides as well', () => {
  const harvest = shown([
    '/seats',
    [
      { id: 1, event_id: 3 },
      { id: 2, event_id: 4 },
    ],
  ])
  expect(withReferences({ seatId: 0 }, '/events/:id/hold', '/events/4/hold', harvest)[0]).toEqual({
    seatId: 2,
  })
})

test('a thing is moved to a fellow of what it points at', () => {
  const harvest = shown(
    [
      '/events',
      [
        { id: 1, venue_id: 2 },
        { id: 2, venue_id: 3 },
        { id: 11, venue_id: 2 },
      ],
    ],
    ['/bookings', { id: 268, event_id: 1 }],
  )
  const [best] = withReferences({ eventId: 0 }, '/bookings/:id/move', '/bookings/268/move', harvest)
  expect(best).toEqual({ eventId: 11 })
  harvest.changed('/bookings/:id/move', JSON.stringify({ id: 268, event_id: 11 }), '/bookings/268/move')
  const [next] = withReferences({ eventId: 0 }, '/bookings/:id/move', '/bookings/268/move', harvest)
  expect(next).toEqual({ eventId: 1 })
})

test('a transfer is from one account to another', () => {
  const harvest = shown(['/accounts', [{ id: 1 }, { id: 2 }]])
  const ids = { fromAccountId: 0, toAccountId: 0, amount: 1 }
  expect(withReferences(ids, '/transfers', '/transfers', harvest)[0]).toEqual({
    fromAccountId: 1,
    toAccountId: 2,
    amount: 1,
  })
  expect(withReferences({ from: 0, to: 0, amount: 1 }, '/transfers', '/transfers', harvest)[0]).toEqual({
    from: 1,
    to: 2,
    amount: 1,
  })
  const dates = { from: '2030-01-15', to: '2030-01-16' }
  expect(withReferences(dates, '/accounts/report', '/accounts/report', harvest)).toEqual([dates])
})

test('lists of lines are filled where they stand', () => {
  const harvest = shown([
    '/products',
    [
      { id: 5, stock: 0 },
      { id: 6, stock: 3 },
    ],
  ])
  const body = { items: [{ productId: 1, quantity: 1 }], note: 'x' }
  expect(withReferences(body, '/orders', '/orders', harvest)[0]).toEqual({
    items: [{ productId: 6, quantity: 1 }],
    note: 'x',
  })
})

test('a body that means nothing known stays as it is', () => {
  const harvest = shown(['/venues', [{ id: 3 }]])
  expect(withReferences({ orderId: 1 }, '/refunds', '/refunds', harvest)).toEqual([{ orderId: 1 }])
  expect(lacksReferences({ orderId: 1 }, '/refunds', harvest)).toBe(true)
  expect(lacksReferences({ venueId: 1, title: 'x' }, '/events', harvest)).toBe(false)
  expect(withReferences(undefined, '/refunds', '/refunds', harvest)).toEqual([undefined])
})
