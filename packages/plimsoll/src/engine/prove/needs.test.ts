import { expect, test } from 'vitest'
import { knownRequest } from '../../../../../test/support/known-request.ts'
import { lacking } from './needs.ts'

const read = knownRequest('GET', '/books', { statements: { postgres: 1 } })
const write = knownRequest('POST', '/books', { statements: { postgres: 1 }, writes: { postgres: 1 } })
const health = knownRequest('GET', '/health')

const none = { known: [], store: null, stores: [] }
const reason = (lack: ReturnType<typeof lacking>) =>
  lack === null ? null : `${lack.outcome}: ${lack.reason}`

test('an app that uses no store has nothing to prove there', () => {
  expect(reason(lacking(['wire', 'read-request'], none))).toMatchInlineSnapshot(
    `"not-applicable: the app uses no store"`,
  )
})

test('what is there but was not reached is skipped, not excused', () => {
  expect(reason(lacking(['http'], none))).toMatchInlineSnapshot(
    `"skipped: no route was found that answers with success"`,
  )
  expect(reason(lacking(['read-request'], { ...none, known: [health] }))).toMatchInlineSnapshot(
    `"skipped: no request was found that reads the store"`,
  )
  expect(reason(lacking(['write-request'], { ...none, known: [read] }))).toMatchInlineSnapshot(
    `"skipped: no write was found that the app accepts"`,
  )
})

test('with everything there nothing is lacking', () => {
  expect(lacking(['http', 'read-request', 'write-request'], { ...none, known: [read, write] })).toBeNull()
  expect(lacking([], none)).toBeNull()
})

test('the wire is asked for first: without a store the rest has no meaning', () => {
  expect(lacking(['read-request', 'http', 'wire'], none)?.outcome).toBe('not-applicable')
})
