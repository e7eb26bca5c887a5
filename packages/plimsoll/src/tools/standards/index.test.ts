import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDoor } from '../../../../../test/support/open-test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { byteLength } from '../../base/text/fit.ts'
import type { Door } from '../../engine/door/door.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import standards from './index.ts'

const fixture = writeFixture({ 'package.json': { name: 'ledger' } })
let door: Door
beforeAll(async () => {
  const config = { standards: { 'performance.api': 0.05 } }
  door = await openTestDoor(fixture.dir, { config: { config, file: 'plimsoll.config.json' } })
})
afterAll(async () => {
  await door.close()
  fixture.remove()
})
const call = (input: object) => callTool(standards, input, fixture.dir, { door })

test('all of them, the most important category first, as the project has them', async () => {
  const { text } = await call({})
  expect(text).toMatch(/^reliability\./)
  expect(byteLength(text)).toBeLessThanOrEqual(4_000)
  expect((await call({ category: 'performance' })).text).toContain('0.05')
})

test('one of them with its reason', async () => {
  const [first] = door.standards()
  const { text } = await call({ id: first?.id })
  expect(text).toContain(`\nwhy      ${first?.why}\nsource   `)
  expect(await call({ id: 'no.such' })).toMatchObject({ failed: true })
})
