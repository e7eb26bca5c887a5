import { expect, test } from 'vitest'
import { findOwner } from './kinds.ts'

test.each([
  [
    { id: 1, ownerId: 5 },
    { id: 2, ownerId: 6 },
    { field: 'ownerId', strength: 'strong' },
  ],
  [{ user_id: 5 }, { user_id: 6 }, { field: 'user_id', strength: 'strong' }],
  [{ 'author.username': 'a' }, { 'author.username': 'b' }, { field: 'author.username', strength: 'weak' }],
  [
    { createdBy: 1, tenantId: 2 },
    { createdBy: 3, tenantId: 4 },
    { field: 'tenantId', strength: 'strong' },
  ],
  [{ ownerId: 5 }, { ownerId: 5 }, null],
  [{ title: 'a' }, { title: 'b' }, null],
  [{ ownerId: null }, { ownerId: 6 }, null],
])('%j and %j', (one, other, owner) => {
  expect(findOwner(one, other)).toEqual(owner)
})

test('a name that was planted says nothing of an account', () => {
  expect(findOwner({ customer: 'abcdefghij' }, { customer: 'x' }, ['abcdefghij'])).toBeNull()
})
