import { expect, test } from 'vitest'
import { isFormOf, rootsOf, stem } from './stem.ts'

test.each([
  ['caches', 'caching'],
  ['queries', 'query'],
  ['mapped', 'map'],
  ['releases', 'release'],
])('%s and %s are one word', (one, other) => {
  expect(stem(one)).toBe(stem(other))
})

test.each([
  ['clicking', 'click', true],
  ['deploys', 'deploy', true],
  ['find', 'findings', false],
  ['core', 'cors', false],
  ['local', 'locale', false],
  ['window', 'windowing', false],
])('%s may be %s: %s', (word, listed, may) => {
  expect(isFormOf(word, listed)).toBe(may)
})

test('a word is heard by what it is built of', () => {
  expect(rootsOf('hideable')).toContain('hide')
  expect(rootsOf('unstyled')).toContain('styled')
  expect(rootsOf('api')).toEqual([])
})
