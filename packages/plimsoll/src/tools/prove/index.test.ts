import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDoor } from '../../../../../test/support/open-test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import type { Door } from '../../engine/door/door.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import prove from './index.ts'

const fixture = writeFixture({
  'package.json': { name: 'ledger' },
  'pay.js': `export const key = 'sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}'\n`,
})
let door: Door
beforeAll(async () => {
  door = await openTestDoor(fixture.dir)
})
afterAll(async () => {
  await door.close()
  fixture.remove()
})
const call = (input: object) => callTool(prove, input, fixture.dir, { door })

test('the verdict of the engine, with what to do next', async () => {
  const { text, links } = await call({ only: ['secret-leak'], budgetSeconds: 60, seed: 3 })
  const run = door.run()?.run
  expect(text).toContain('1 refuted')
  expect(text).toContain('where pay.js:1')
  expect(text).toContain('prove {"only":["secret-leak"]}')
  expect(links).toEqual([{ uri: `plimsoll://runs/${run?.id}`, title: `Run ${run?.id}` }])
  expect(run).toMatchObject({ seed: 3, budgetSeconds: 60 })
})

test('a target that cannot be started is a failure with its reason', async () => {
  const { text, failed } = await call({ only: ['cookie-flags'] })
  expect([failed, text.includes('E_NO_BACKEND')]).toEqual([true, true])
  expect(text).toContain('what was not run is not proven')
})

test('an id that is none is a fault that can be mended', async () => {
  await expect(call({ only: ['cookie-flag'] })).rejects.toMatchObject({
    code: 'E_UNKNOWN_ID',
    hint: 'Did you mean "cookie-flags"?',
  })
})
