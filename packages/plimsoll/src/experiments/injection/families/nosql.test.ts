import { expect, test } from 'vitest'
import { sighting } from '../../../../../../test/support/sighting.ts'
import type { Exchange } from '../../../model/evidence.ts'
import { nosql } from './nosql.ts'

const three = (role: string, answer: Partial<Exchange>) =>
  Array.from({ length: 3 }, () => sighting({ role, answer }))
const granted = { status: 200, body: '{"token":"abc"}' }
const refused = { status: 401, body: '{"error":"wrong"}' }
const all = { body: '[{"id":1},{"id":2}]' }

test('a login that a condition opens, and nothing else does, is a proof', () => {
  const sightings = [...three('operator', granted), ...three('other', refused)]
  expect(nosql.weigh(sightings)).toMatchObject({ severity: 'critical', tier: 'defect' })
})

test('a search that takes operators may be meant to: a suspicion', () => {
  const sightings = [...three('operator', all), ...three('other', { body: '[]' })]
  expect(nosql.weigh(sightings)).toMatchObject({ tier: 'suspicion' })
})

test.each([
  ['everything is accepted', [...three('operator', granted), ...three('other', granted)]],
  ['everything is refused', [...three('operator', refused), ...three('other', refused)]],
  ['an unknown filter lists everything', [...three('operator', all), ...three('other', all)]],
  [
    'it was granted once only',
    [
      ...three('operator', granted).slice(0, 1),
      ...three('operator', refused).slice(1),
      ...three('other', refused),
    ],
  ],
  [
    'another object is granted it too',
    [
      ...three('operator', granted),
      ...three('other', refused).slice(1),
      sighting({ role: 'other', answer: granted }),
    ],
  ],
  ['an object is an error', [...three('operator', { status: 500 }), ...three('other', refused)]],
])('no proof where %s', (_, sightings) => {
  expect(nosql.weigh(sightings)).toBeNull()
})
