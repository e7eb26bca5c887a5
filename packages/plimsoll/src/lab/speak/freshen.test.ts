import { expect, test } from 'vitest'
import { createRandom } from '../../base/random/random.ts'
import { freshen, freshenValue } from './freshen.ts'

const request = {
  method: 'POST',
  path: '/books/{{word}}',
  body: {
    email: 'p-{{word}}@example.com',
    n: '{{number}}',
    id: '{{uuid}}',
    list: ['{{digits}}'],
    flag: true,
    none: null,
  },
}

test('the same seed gives the same request', () => {
  expect(freshen(request, createRandom(7))).toEqual(freshen(request, createRandom(7)))
  expect(freshen(request, createRandom(7))).not.toEqual(freshen(request, createRandom(8)))
})

test('two sends never collide', () => {
  const random = createRandom(1)
  const sent = Array.from({ length: 2_000 }, () => JSON.stringify(freshen(request, random)))
  expect(new Set(sent).size).toBe(sent.length)
})

test('a whole placeholder keeps its type, others stay text', () => {
  const body = freshenValue(request.body, createRandom(1))
  expect(body).toEqual({
    email: expect.stringMatching(/^p-[a-z0-9]{10}@example\.com$/),
    n: expect.any(Number),
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
    list: [expect.stringMatching(/^\d{9}$/)],
    flag: true,
    none: null,
  })
})

test('what is no placeholder of ours is left alone', () => {
  const random = createRandom(1)
  const bytes = Buffer.from('{{word}}')
  expect(freshenValue('Hello {{name}} and {{ word }}', random)).toBe('Hello {{name}} and {{ word }}')
  expect(freshenValue(bytes, random)).toBe(bytes)
  expect(freshen({ method: 'GET', path: '/books' }, random)).toEqual({ method: 'GET', path: '/books' })
})
