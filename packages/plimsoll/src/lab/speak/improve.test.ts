import { expect, test } from 'vitest'
import { improve } from './improve.ts'
import { type Lesson, lessonsOf } from './learn.ts'

const lesson = (path: string, parts: Partial<Lesson> = {}): Lesson => ({
  path: path.split('.'),
  type: null,
  oneOf: null,
  unwanted: false,
  ...parts,
})

test('a wanted field gets what its name suggests', () => {
  expect(improve({}, [lesson('email'), lesson('seats'), lesson('title')])).toEqual({
    email: 'plimsoll{{word}}@example.com',
    seats: 1,
    title: 'Plimsoll {{word}}',
  })
})

test('a type that the name does not suggest wins', () => {
  const lessons = [
    lesson('price', { type: 'string' }),
    lesson('title', { type: 'number' }),
    lesson('tags', { type: 'string' }),
    lesson('contact', { type: 'email' }),
    lesson('open', { type: 'boolean' }),
    lesson('meta', { type: 'object' }),
  ]
  expect(improve({}, lessons)).toEqual({
    price: 'Plimsoll {{word}}',
    title: 1,
    tags: 'Plimsoll {{word}}',
    contact: 'plimsoll{{word}}@example.com',
    open: true,
    meta: {},
  })
})

test('of listed values the first is taken', () => {
  expect(improve({ status: 'x' }, [lesson('status', { oneOf: ['open', 'closed'] })])).toEqual({
    status: 'open',
  })
})

test('fields below are made on the way, and others stay', () => {
  const body = { user: { name: 'Ada' }, note: 'x' }
  expect(improve(body, [lesson('user.email'), lesson('order.lines.total')])).toEqual({
    user: { name: 'Ada', email: 'plimsoll{{word}}@example.com' },
    note: 'x',
    order: { lines: { total: 1 } },
  })
})

test('an unwanted field goes, at the top and below', () => {
  const lessons = [lesson('extra', { unwanted: true }), lesson('user.extra', { unwanted: true })]
  expect(improve({ extra: 1, user: { extra: 1, name: 'Ada' } }, lessons)).toEqual({ user: { name: 'Ada' } })
})

test('a field inside the items of a list is put into each of them', () => {
  expect(improve({ lines: [{ sku: 'a' }] }, [lesson('lines.0.quantity')])).toEqual({
    lines: [{ sku: 'a', quantity: 1 }],
  })
  expect(improve({ lines: [] }, [lesson('lines.0.quantity')])).toEqual({ lines: [{ quantity: 1 }] })
  expect(improve({}, [lesson('tags.0', { type: 'string' })])).toEqual({ tags: ['Plimsoll {{word}}'] })
})

test('nothing learnt changes nothing, and the body given is never changed', () => {
  const body = Object.freeze({ title: 'x' })
  expect(improve(body, [])).toEqual(body)
  improve(body, [lesson('title', { unwanted: true })])
  expect(body).toEqual({ title: 'x' })
  expect(improve(undefined, [lesson('title')])).toEqual({ title: 'Plimsoll {{word}}' })
})

test('a list holds one of what its name says', () => {
  const wanted = (name: string) => lessonsOf(JSON.stringify({ error: `${name} must be a non-empty array` }))
  expect(improve({ seat_numbers: 1 }, wanted('seat_numbers'))).toEqual({ seat_numbers: [1] })
  expect(improve({}, wanted('tags'))).toEqual({ tags: ['Plimsoll {{word}}'] })
})
