import { expect, test } from 'vitest'
import { otherBodies } from './another-body.ts'

const bodies = (body: unknown) =>
  otherBodies({ method: 'POST', path: '/payments', body }).map((request) => request.body)

test('one value differs, amounts before texts and texts before names of things', () => {
  expect(bodies({ walletId: 7, note: 'Rent', amountCents: 100 })).toEqual([
    { walletId: 7, note: 'Rent', amountCents: 101 },
    { walletId: 7, note: 'Rentx', amountCents: 100 },
    { walletId: 8, note: 'Rent', amountCents: 100 },
  ])
})

test('what must look like something stays as it is', () => {
  expect(bodies({ at: '2030-01-15T12:00:00Z', to: 'a@example.com', site: 'https://example.com/' })).toEqual(
    [],
  )
})

test('values in lists and objects can differ too, and nothing can where there is no body', () => {
  expect(bodies({ items: [{ sku: 'a' }, { sku: 'b', quantity: 2 }] })[0]).toEqual({
    items: [{ sku: 'a' }, { sku: 'b', quantity: 3 }],
  })
  expect(bodies(undefined)).toEqual([])
})
