import { expect, test } from 'vitest'
import { verdict } from '../../../../../test/support/sample-run/verdict.ts'
import type { Verdict } from '../../model/verdict.ts'
import { compareVerdicts } from './compare-verdicts.ts'

const one = (id: string, status: Verdict['status'], probe = 'race', more: Partial<Verdict> = {}): Verdict =>
  verdict({
    ...{ id, status, probe, standard: 'integrity.acid', subject: id, title: id, detail: '' },
    ...(status === 'refuted' && { severity: 'high' }),
    ...more,
  })

const compare = (before: Verdict[], after: Verdict[]) => {
  const { better, worse, doubtful } = compareVerdicts({ verdicts: before }, { verdicts: after })
  const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id)
  return { better: ids(better), worse: ids(worse), doubtful: ids(doubtful) }
}

const nothing = { better: [], worse: [], doubtful: [] }

test.each<[string, Verdict['status'], Verdict['status'], object]>([
  ['mended', 'refuted', 'proven', { better: ['x'] }],
  ['broken', 'proven', 'refuted', { worse: ['x'] }],
  ['still proven', 'proven', 'proven', {}],
  ['still refuted', 'refuted', 'refuted', {}],
  ['no longer decided', 'proven', 'inconclusive', { doubtful: ['x'] }],
  ['no longer run', 'proven', 'errored', { doubtful: ['x'] }],
  ['only now decided', 'inconclusive', 'refuted', {}],
  ['mended as far as is known', 'refuted', 'inconclusive', {}],
])('%s: %s, then %s', (_, before, after, expected) => {
  expect(compare([one('x', before)], [one('x', after)])).toEqual({ ...nothing, ...expected })
})

test('a new defect is worse, and one that another one hid is not', () => {
  const fresh = one('new', 'refuted')
  expect(compare([one('a', 'proven')], [one('a', 'proven'), fresh]).worse).toEqual(['new'])
  expect(compare([], [fresh]).worse).toEqual(['new'])
  expect(compare([one('a', 'refuted')], [one('a', 'proven'), fresh])).toEqual({ ...nothing, better: ['a'] })
})

test('a suspicion is not worse', () => {
  const suspicion = one('s', 'refuted', 'race', { tier: 'suspicion' })
  expect(compare([one('s', 'proven')], [suspicion])).toEqual(nothing)
})
