import { expect, test } from 'vitest'
import { shortId } from '../../base/ids/short-id.ts'
import { proven, refuted } from '../../model/verdict.ts'
import { identify, type Judged } from './identify.ts'

const judged = (subject: string, isRefuted = false): Judged => {
  const said = { subject, title: 't', detail: 'd' }
  const judgement = isRefuted ? refuted({ ...said, severity: 'low' }) : proven(said)
  return { probe: 'p', standard: 's', judgement: { ...judgement, confirmations: { passed: 3, of: 3 } } }
}
const ids = (all: readonly Judged[]) => identify(all).map(({ id }) => id)

/** Two subjects whose four characters are the same; found by trying. */
const colliding = (): [string, string] => {
  const seen = new Map<string, string>()
  for (let index = 0; ; index += 1) {
    const id = shortId(['p', 's', `${index}`])
    const other = seen.get(id)
    if (other !== undefined) return [other, `${index}`]
    seen.set(id, `${index}`)
  }
}

test('ids are four characters and do not depend on their company', () => {
  expect(ids([judged('a'), judged('b')])).toEqual(ids([judged('b'), judged('a')]).reverse())
  expect(ids([judged('a')])[0]).toHaveLength(4)
})

test('those that would collide are longer, and only those', () => {
  const [one, other] = colliding()
  const all = ids([judged(one), judged(other), judged('a')])
  expect(all.map((id) => id.length)).toEqual([8, 8, 4])
  expect(new Set(all).size).toBe(3)
})

test('the same subject twice gets two ids', () => {
  const all = ids([judged('a'), judged('a'), judged('a')])
  expect(new Set(all).size).toBe(3)
  expect(all[0]).toBe(ids([judged('a')])[0])
})

test('a finding says how it is replayed, under its own id', () => {
  const [finding, other] = identify([judged('a', true), judged('b')])
  expect(finding?.replay).toBe(`plimsoll replay ${finding?.id}`)
  expect(other).not.toHaveProperty('replay')
})
