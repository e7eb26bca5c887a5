import { expect, test } from 'vitest'
import { momentForName, valueForName } from './value-for.ts'

test.each([
  ['from', 'to'],
  ['startDate', 'endDate'],
  ['starts_at', 'ends_at'],
  ['startsAt', 'endsAt'],
  ['start', 'end'],
  ['checkIn', 'checkOut'],
  ['first_day', 'last_day'],
])('%s comes before %s', (begins, ends) => {
  expect(momentForName(begins) < momentForName(ends)).toBe(true)
})

test.each([['amount'], ['quantity'], ['price'], ['priceCents'], ['stock'], ['tickets']])(
  '%s is one',
  (name) => {
    expect(valueForName(name)).toBe(1)
  },
)
