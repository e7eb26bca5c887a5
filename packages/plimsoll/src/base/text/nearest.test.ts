import { expect, test } from 'vitest'
import { distance, nearest } from './nearest.ts'

test.each([
  ['', '', 0],
  ['abc', '', 3],
  ['kitten', 'sitting', 3],
  ['health', 'healht', 2],
])('%s to %s', (a, b, edits) => {
  expect([distance(a, b), distance(b, a)]).toEqual([edits, edits])
})

const WORDS = ['slow-store', 'health-truth', 'query-count']

test.each([
  ['slow-stor', 'slow-store'],
  ['HEALTH-TRUTH', 'health-truth'],
  ['healthtruth', 'health-truth'],
  ['x', null],
  ['nothing-like-it', null],
])('%s was meant for %s', (text, meant) => {
  expect(nearest(text, WORDS)).toBe(meant)
})

test('of none, none is near', () => {
  expect(nearest('slow-store', [])).toBeNull()
})
