import { expect, test } from 'vitest'
import { testDoor } from '../../../../../test/support/test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { byteLength } from '../../base/text/fit.ts'
import explain from './index.ts'

const door = testDoor()
const call = (input: object) => callTool(explain, input, '.', { door })

test('one text, the list, and what is near', async () => {
  const { text } = await call({ id: 'race' })
  expect(text).toMatch(/^# /)
  const list = (await call({})).text
  expect(list).toMatch(/^ {2}race: Races/m)
  expect(list).not.toMatch(/^commands: /m)
  expect(byteLength(list)).toBeLessThanOrEqual(4_000)
  expect(await call({ id: 'rase' })).toEqual({
    text: 'Nothing here is called "rase". Did you mean "race"?',
    failed: true,
  })
})

test('none is longer than an answer may be', async () => {
  const told = door.topics().filter((topic) => /^(?:experiments|inspections|standards)\//.test(topic))
  for (const id of told) expect(byteLength((await call({ id })).text), id).toBeLessThanOrEqual(4_000)
})
