import { expect, test } from 'vitest'
import { statement } from '../../../../../test/support/exchange.ts'
import { internalsIn, storeWordsIn } from './internals.ts'

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

test.each([
  [
    '{"message":"duplicate key value violates unique constraint \\"users_email_key\\""}',
    'duplicate key value violates unique constraint \\"users_email_key\\""}',
  ],
  ['{"error":"relation \\"users\\" does not exist"}', 'relation \\"users\\" does not exist"}'],
  ['{"code":"SQLITE_CONSTRAINT"}', 'SQLITE_CONSTRAINT"}'],
  ['{"error":"that email is taken"}', null],
  ['{"error":"the column does not exist"}', null],
])('of the store, %s shows %s', (body, shown) => {
  expect(storeWordsIn(body)).toBe(shown)
})
