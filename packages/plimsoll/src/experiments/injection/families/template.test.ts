import { expect, test } from 'vitest'
import { sighting } from '../../../../../../test/support/sighting.ts'
import { code } from './code.ts'
import { template } from './template.ts'

const sent = '{{71234*81234}}'
const products = [String(71_234 * 81_234)]

test.each([template, code])('a product that the request only named is a proof: $id', ({ weigh }) => {
  const answer = { body: `Dear ${products[0]},` }
  expect(weigh([sighting({ sent, products, answer })])).toMatchObject({ severity: 'critical' })
})

test.each([
  ['an echo', { body: `Dear ${sent},` }],
  ['a small product that stands there anyway', { body: 'You have 49 letters' }],
  ['an error of the parser', { status: 500, body: 'unexpected token * at 71234*81234' }],
])('nothing else proves it: %s', (_, answer) => {
  for (const { weigh } of [template, code]) expect(weigh([sighting({ sent, products, answer })])).toBeNull()
})

test('a file that the code was to make is a proof too', () => {
  expect(code.weigh([sighting({ products, files: ['qabc'] })])?.says).toContain('file')
})
