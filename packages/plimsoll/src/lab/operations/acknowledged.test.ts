import { expect, test } from 'vitest'
import { isAcknowledged } from './acknowledged.ts'

const usual = { status: 201, body: '{"id":1,"quantity":2}' }

test.each([
  ['the same form', { status: 201, body: '{"id":9,"quantity":3}' }, usual, true],
  ['an error', { status: 503, body: '{"error":"later"}' }, usual, false],
  ['no answer', { status: null, body: '' }, usual, false],
  ['another success', { status: 202, body: '{"id":9,"quantity":3}' }, usual, false],
  ['another form', { status: 201, body: '{"message":"sorry"}' }, usual, false],
  ['a flag that says no', { status: 200, body: '{"ok":false}' }, { status: 200, body: '{"ok":true}' }, false],
  [
    'an error beside data',
    { status: 200, body: '{"errors":["x"]}' },
    { status: 200, body: '{"errors":[]}' },
    false,
  ],
  ['an empty answer', { status: 204, body: '' }, { status: 204, body: '' }, true],
  ['another page', { status: 200, body: '<p>failed' }, { status: 200, body: '<p>done' }, false],
])('%s: %o beside %o is %s', (_name, answer, undisturbed, acknowledged) => {
  expect(isAcknowledged(answer, undisturbed)).toBe(acknowledged)
})
