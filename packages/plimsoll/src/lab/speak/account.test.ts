import { expect, test } from 'vitest'
import { exchange } from '../../../../../test/support/exchange.ts'
import { loginAs, rightsIn } from './account.ts'

test('a login becomes that of another account, whatever the keys are called', () => {
  const one = { user: { email: 'a@example.com', name: 'A', password: 'secret-a' } }
  const other = { user: { email: 'b@example.com', name: 'B', password: 'secret-b' } }
  expect(loginAs({ login: 'a@example.com', password: 'secret-a', remember: true }, one, other)).toEqual({
    login: 'b@example.com',
    password: 'secret-b',
    remember: true,
  })
})

test('rights are compared by what the answers say of them', () => {
  const said = (body: unknown) => rightsIn(exchange({ body: JSON.stringify(body) }))
  expect(said({ user: { id: 1, role: 'admin' } })).not.toBe(said({ user: { id: 2, role: 'user' } }))
  expect(said({ user: { id: 1, role: 'user' } })).toBe(said({ user: { id: 2, role: 'user' } }))
  expect(rightsIn(exchange({ body: 'welcome' }))).toBe('[]')
})
