import { expect, test } from 'vitest'
import { sighting } from '../../../../../../test/support/sighting.ts'
import type { Exchange } from '../../../model/evidence.ts'
import { sqlBlind } from './sql-blind.ts'

const rounds = (role: string, answers: readonly Partial<Exchange>[]) =>
  answers.map((answer) => sighting({ role, sent: `${role} condition`, answer }))
const found = { body: '{"name":"Swift"}' }
const gone = { status: 404, body: '{"error":"no such boat"}' }
const control = sighting({ role: 'control', sent: 'Swift', answer: found })

test('conditions that hold answer as usual, those that do not find nothing, three times: a proof', () => {
  const seen = [
    control,
    ...rounds('text true', [found, found, found]),
    ...rounds('text false', [gone, gone, gone]),
  ]
  expect(sqlBlind.weigh(seen)).toMatchObject({ severity: 'critical' })
})

test.each([
  ['twice only', [found, found], [gone, gone]],
  ['both find nothing, as with a parameter', [gone, gone, gone], [gone, gone, gone]],
  ['both answer as usual, as where the value does not matter', [found, found, found], [found, found, found]],
  ['one of the rounds is otherwise', [found, found, gone], [gone, gone, gone]],
  ['an error for each', [{ status: 500 }, { status: 500 }, { status: 500 }], [gone, gone, gone]],
])('no proof: %s', (_, holds, fails) => {
  const seen = [control, ...rounds('text true', holds), ...rounds('text false', fails)]
  expect(sqlBlind.weigh(seen)).toBeNull()
})

test('a search that lists everything for a condition, and nothing without it, needs no usual answer', () => {
  const all = { body: '[{"id":1},{"id":2}]' }
  const none = { body: '[]' }
  const seen = [control, ...rounds('any true', [all, all, all]), ...rounds('any false', [none, none, none])]
  expect(sqlBlind.weigh(seen)).not.toBeNull()
})

test('an answer that repeats the question is the same answer', () => {
  const echo = (sent: string) =>
    sighting({ role: 'text true', sent, answer: { body: `{"term":${JSON.stringify(sent)}}` } })
  const other = (sent: string) => ({ ...echo(sent), role: 'text false' })
  const seen = [
    control,
    echo('a 1=1'),
    echo('a 2=2'),
    echo('a 3=3'),
    other('a 1=2'),
    other('a 2=3'),
    other('a 3=4'),
  ]
  expect(sqlBlind.weigh(seen)).toBeNull()
})
