import { expect, test } from 'vitest'
import { isOfAdministrators, isOfARole, isPrivileged } from './functions.ts'

test.each([
  ['/admin/users', true, true],
  ['/api/v1/admin', true, true],
  ['/users/v1/_debug', true, true],
  ['/manage/bookings', true, false],
  ['/administrative-regions', false, false],
  ['/users/:id', false, false],
])('%s is of a role: %s, of administrators: %s', (path, ofARole, ofAdministrators) => {
  expect(isOfARole(path)).toBe(ofARole)
  expect(isOfAdministrators(path)).toBe(ofAdministrators)
})

test.each([
  [{ role: 'admin' }, true],
  [{ isAdmin: true }, true],
  [{ 'user.roles.0': 'ROLE_ADMIN' }, true],
  [{ role: 'member', isAdmin: false }, false],
  [{ is_admin: 0 }, false],
  [{ name: 'admin' }, false],
])('%j is privileged: %s', (fields, privileged) => {
  expect(isPrivileged(fields)).toBe(privileged)
})
