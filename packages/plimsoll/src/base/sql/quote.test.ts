import { expect, test } from 'vitest'
import { quoteName } from './quote.ts'

test.each([
  ['orders', '"orders"'],
  ['shop.order', '"shop"."order"'],
  ['say "hi"; DROP TABLE x', '"say ""hi""; DROP TABLE x"'],
])('%s is quoted as %s', (name, quoted) => {
  expect(quoteName(name)).toBe(quoted)
})
