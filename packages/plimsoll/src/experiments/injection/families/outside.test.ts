import { expect, test } from 'vitest'
import { MARK, sighting } from '../../../../../../test/support/sighting.ts'
import { address, namesAddress } from './address.ts'
import { header } from './header.ts'
import { redirect } from './redirect.ts'
import { xml } from './xml.ts'

const hits = [{ method: 'GET', path: `/${MARK}` }]

test('a listener that was asked for our path is a proof; what is passed on makes it worse', () => {
  expect(address.weigh([sighting({ hits })])).toMatchObject({ severity: 'medium' })
  expect(address.weigh([sighting({ hits, shown: ['listener'] })])).toMatchObject({ severity: 'high' })
  expect(
    address.weigh([sighting({ hits, shown: ['listener'], answer: { path: '/webhooks' } })]),
  ).toMatchObject({
    severity: 'medium',
  })
  expect(address.weigh([sighting({ answer: { body: `http://127.0.0.1:9/${MARK}` } })])).toBeNull()
})

test.each([
  ['body.imageUrl', '', true],
  ['query.next', 'https://example.com/', true],
  ['query.limit', '20', false],
])('%s with "%s": names an address %s', (input, own, named) => {
  expect(namesAddress({ input }, own)).toBe(named)
})

test.each([
  [`https://${MARK}.example.com/`, true],
  [`//${MARK}.example.com/`, true],
  [`/login?next=https://${MARK}.example.com/`, false],
  [`https://app.example/leave?to=https://${MARK}.example.com/`, false],
])('Location %s leads away: %s', (location, away) => {
  const judged = redirect.weigh([sighting({ answer: { status: 302, headers: { location } } })])
  expect(judged !== null).toBe(away)
})

test('a header of ours is a proof, one that holds our text is none', () => {
  expect(header.weigh([sighting({ answer: { headers: { [`x-${MARK}`]: '1' } } })])).not.toBeNull()
  expect(header.weigh([sighting({ answer: { headers: { location: `/%0d%0aX-${MARK}:%201` } } })])).toBeNull()
})

test('an entity that was followed is a proof, one that is shown as it was written is none', () => {
  expect(xml.weigh([sighting({ shown: ['file'] })])).toMatchObject({ severity: 'critical' })
  expect(xml.weigh([sighting({ hits })])).toMatchObject({ severity: 'high' })
  expect(xml.weigh([sighting({ answer: { body: '&canary;' } })])).toBeNull()
})
