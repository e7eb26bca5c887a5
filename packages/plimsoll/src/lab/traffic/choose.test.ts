import { expect, test } from 'vitest'
import { knownRequest } from '../../../../../test/support/known-request.ts'
import { label, storelessReads, storeReads, storeWrites } from './choose.ts'

const known = [
  knownRequest('GET', '/health'),
  knownRequest('GET', '/books', { statements: { postgres: 21 } }),
  knownRequest('GET', '/books/1', { statements: { postgres: 1 } }),
  knownRequest('GET', '/visit', { statements: { postgres: 2 }, writes: { postgres: 1 } }),
  knownRequest('POST', '/books', { statements: { postgres: 2 }, writes: { postgres: 1 } }),
  knownRequest('POST', '/search', { statements: { postgres: 1 }, writes: { postgres: 0 } }),
]
const labels = (requests: ReturnType<typeof storeReads>) => requests.map(label)

test('reads of the store come with the fewest statements first, and write nothing', () => {
  expect(labels(storeReads({ known }))).toEqual(['GET /books/1', 'GET /books'])
  expect(labels(storeReads({ known }, 1))).toEqual(['GET /books/1'])
})

test('reads that need no store are apart', () => {
  expect(labels(storelessReads({ known }))).toEqual(['GET /health'])
})

test('writes are those that reach the store', () => {
  expect(labels(storeWrites({ known }))).toEqual(['POST /books'])
})

test('with nothing known there is nothing to choose', () => {
  expect([storeReads({ known: [] }), storelessReads({ known: [] }), storeWrites({ known: [] })]).toEqual([
    [],
    [],
    [],
  ])
})
