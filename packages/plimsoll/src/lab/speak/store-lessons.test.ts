import { expect, test } from 'vitest'
import { statement } from '../../../../../test/support/exchange.ts'
import { lessonsFromStore } from './store-lessons.ts'

const sent = { title: 'Plimsoll abc', floor: 'Plimsoll def', note: 'x' }
const told = (sqlstate: string, parameters: (string | null)[], body: unknown = sent) =>
  lessonsFromStore(body, [statement({ sqlstate, parameters })]).map(({ path, type }) => [
    path.join('.'),
    type,
  ])

test('a value that the store cannot read is sent as another type, in turn', () => {
  expect(told('22P02', ['Plimsoll def'])).toEqual([['floor', 'number']])
  expect(told('22P02', ['1'], { room: { key: 1 } })).toEqual([['room.key', 'uuid']])
  expect(told('22007', ['Plimsoll def', null])).toEqual([['floor', 'date']])
})

test('what went well, or was refused for another reason, teaches nothing', () => {
  expect(told('23505', ['Plimsoll def'])).toEqual([])
  expect(told('22P02', ['something else'])).toEqual([])
  expect(lessonsFromStore(sent, [statement()])).toEqual([])
})
