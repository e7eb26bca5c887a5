import { expect, test } from 'vitest'
import { statement } from '../../../../../test/support/exchange.ts'
import { internalsIn } from './internals.ts'

const statements = [statement({ sql: 'insert into "orders" ("item", "quantity") values ($1, $2)' })]

test.each([
  ['{"error":"try again shortly"}', null],
  ['{"error":"could not serialize access due to concurrent update"}', null],
  [
    '{"error":"insert into \\"orders\\" (\\"item\\", \\"quantity\\") values ($1, $2) - deadlock detected"}',
    'insert into "orders" ("item", "quantity") values ($1, $2)',
  ],
  [
    '{"stack":"error: deadlock\\n    at Parser.parse (/srv/node_modules/pg/parser.js:1:2)"}',
    'at Parser.parse (/srv/node_modules/pg/parser.js:1:2)',
  ],
  ['Traceback (most recent call last):', 'Traceback (most recent call last)'],
])('%s shows %s', (body, shown) => {
  expect(internalsIn(body, statements)).toBe(shown)
})
