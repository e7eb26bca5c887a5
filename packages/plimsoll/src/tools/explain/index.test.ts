import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDoor } from '../../../../../test/support/open-test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { byteLength } from '../../base/text/fit.ts'
import type { Door } from '../../engine/door/door.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import explain from './index.ts'

const fixture = writeFixture({ 'package.json': { name: 'ledger' } })
let door: Door
beforeAll(async () => {
  door = await openTestDoor(fixture.dir)
})
afterAll(async () => {
  await door.close()
  fixture.remove()
})
const call = (input: object) => callTool(explain, input, fixture.dir, { door })

test('one text, the list, and what is near', async () => {
  const { text } = await call({ id: 'race' })
  expect(text).toMatch(/^# /)
  expect(byteLength(text)).toBeLessThanOrEqual(4_000)
  const list = (await call({})).text
  expect(list).toMatch(/^experiments: /m)
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
