import { expect, test } from 'vitest'
import { aboutTheSame } from './about-the-same.ts'

const post = (path: string, body: unknown) => ({ method: 'POST', path, body })

test('the second names the things that the first names', () => {
  const move = post('/bookings/7/move', { eventId: 11 })
  const book = post('/bookings', { eventId: 1, seatIds: [61] })
  expect(aboutTheSame(move, book)?.body).toEqual({ eventId: 11, seatIds: [61] })
  expect(aboutTheSame(book, move)?.body).toEqual({ eventId: 1 })
})

test('where they name the same, or nothing that both name, there is none', () => {
  expect(aboutTheSame(post('/a', { eventId: 1 }), post('/b', { eventId: 1 }))).toBeNull()
  expect(aboutTheSame(post('/a', { amount: 1 }), post('/b', { amount: 2 }))).toBeNull()
  expect(aboutTheSame(post('/a', undefined), post('/b', { eventId: 2 }))).toBeNull()
})
