import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDoor } from '../../../../../test/support/open-test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import type { Door } from '../../engine/door/door.ts'
import cookieFlags from '../../experiments/cookie-flags/index.ts'
import secretLeak from '../../inspections/secret-leak/index.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { standards } from '../../standards/catalogue.generated.ts'
import findings from '../findings/index.ts'
import replay from '../replay/index.ts'
import prove from './index.ts'

const fixture = writeFixture({
  'package.json': { name: 'ledger' },
  'pay.js': `export const key = 'sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}'\n`,
})
let door: Door
beforeAll(async () => {
  const none = { languages: [], frameworks: [], stores: [] }
  const families = { ...none, standards, experiments: [cookieFlags], inspections: [secretLeak] }
  door = await openTestDoor(fixture.dir, { families })
})
afterAll(async () => {
  await door.close()
  fixture.remove()
})

test('the verdict of the engine, its evidence, and the same again after a repair', async () => {
  const { text, links } = await callTool(
    prove,
    { only: ['secret-leak'], budgetSeconds: 60, seed: 3 },
    fixture.dir,
    { door },
  )
  const run = door.run()?.run
  expect(text).toContain('1 refuted')
  expect(text).toContain('where pay.js:1')
  expect(text).toContain('prove {"only":["secret-leak"]}')
  expect(links).toEqual([{ uri: `plimsoll://runs/${run?.id}`, title: `Run ${run?.id}` }])
  expect(run).toMatchObject({ seed: 3, budgetSeconds: 60 })
  expect(door.evidence(run?.tree ?? '').map(({ id }) => id)).toEqual([run?.id])
  const id = run?.verdicts.find(({ status }) => status === 'refuted')?.id
  expect((await callTool(findings, { id }, fixture.dir, { door })).text).toContain('look at  pay.js:1')
  const again = () => callTool(replay, { id }, fixture.dir, { door })
  expect((await again()).data).toMatchObject({ before: 'refuted', after: 'refuted' })
  writeFileSync(join(fixture.dir, 'pay.js'), 'export const key = process.env.PAY_KEY\n')
  expect((await again()).data).not.toMatchObject({ after: 'refuted' })
})

test('a target that cannot be started is a failure with its reason', async () => {
  const { text, failed } = await callTool(prove, { only: ['cookie-flags'] }, fixture.dir, { door })
  expect([failed, text.includes('E_NO_BACKEND')]).toEqual([true, true])
  expect(text).toContain('0 proven · 1 not run.')
  expect(text).toContain('Next: mend what keeps the app from getting ready')
})

test('an id that is none is a fault that can be mended', async () => {
  await expect(callTool(prove, { only: ['cookie-flag'] }, fixture.dir, { door })).rejects.toMatchObject({
    code: 'E_UNKNOWN_ID',
    hint: 'Did you mean "cookie-flags"?',
  })
})
