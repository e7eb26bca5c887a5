import { expect, test } from 'vitest'
import { createRandom } from '../../base/random/random.ts'
import { sow } from './plant.ts'

test('texts are planted where placeholders stand, and the form is kept', () => {
  const body = {
    user: { email: 'plimsoll{{word}}@example.com', age: 3 },
    tags: ['{{word}}'],
    id: '{{uuid}}',
  }
  const { body: sown, planted } = sow(body, createRandom(1), false)
  const [email, tag] = planted.map(({ text }) => text)
  expect(sown).toEqual({
    user: { email: `plimsoll${email}@example.com`, age: 3 },
    tags: [tag],
    id: '{{uuid}}',
  })
  expect(planted.map(({ field }) => field)).toEqual(['email', 'tags'])
  expect(email).toMatch(/^[a-z]{10}$/)
})

test('boldly, they take the place of any text that means nothing in particular', () => {
  const body = {
    title: 'My note',
    status: 'open',
    day: '2030-01-15',
    link: 'https://example.com',
    size: 'XL',
    role: 'user',
  }
  expect(sow(body, createRandom(1), true).planted.map(({ field }) => field)).toEqual(['title'])
  expect(sow(body, createRandom(1), false).planted).toEqual([])
})
