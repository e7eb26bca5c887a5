import { expect, test } from 'vitest'
import { MARK, sighting } from '../../../../../../test/support/sighting.ts'
import type { Exchange } from '../../../model/evidence.ts'
import { prototype } from './prototype.ts'

const value = `${MARK}value`
const seen = (
  after: Partial<Exchange>,
  before: Partial<Exchange> = {},
  restarted: Partial<Exchange> = {},
) => [
  sighting(),
  sighting({ role: 'before', answer: before }),
  sighting({ role: 'after', answer: after }),
  sighting({ role: 'restarted', answer: restarted }),
]

test.each([
  ['a header of errors', { status: 400, headers: { [`x-${MARK}`]: '1' } }],
  ['a name that is in none', { body: JSON.stringify(value) }],
  ['every object of a list', { body: JSON.stringify([{ id: 1, [MARK]: value }]) }],
])('a property in an answer to another request is a proof: %s', (_, after) => {
  expect(prototype.weigh(seen(after))).toMatchObject({ severity: 'high' })
})

test('a body that is kept as it came proves nothing, and neither does what was there before or stays', () => {
  const kept = {
    body: JSON.stringify([{ title: 'x', ['__proto__']: null }]).replace('null', `{"${MARK}":"${value}"}`),
  }
  expect(prototype.weigh(seen(kept))).toBeNull()
  const shown = { body: JSON.stringify({ [MARK]: value }) }
  expect(prototype.weigh(seen(shown, shown))).toBeNull()
  expect(prototype.weigh(seen(shown, {}, shown))).toBeNull()
  expect(prototype.weigh(seen({}))).toBeNull()
})
