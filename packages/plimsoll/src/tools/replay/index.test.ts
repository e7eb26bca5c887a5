import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openTestDoor } from '../../../../../test/support/open-test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import replay from './index.ts'

const fixture = writeFixture({
  'package.json': { name: 'ledger' },
  'pay.js': `export const key = 'sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}'\n`,
})
afterAll(fixture.remove)

test('then and now, before a repair and after it', async () => {
  const door = await openTestDoor(fixture.dir)
  try {
    const { signal } = new AbortController()
    const { run } = await door.prove({ only: ['secret-leak'], signal })
    const id = run.verdicts.find(({ status }) => status === 'refuted')?.id ?? ''
    const call = () => callTool(replay, { id }, fixture.dir, { door })
    const before = await call()
    expect(before.data).toEqual({ id, before: 'refuted', after: 'refuted' })
    expect(before.text).toContain('then  refuted · ')
    expect(before.text).toContain('pay.js:1')
    writeFileSync(join(fixture.dir, 'pay.js'), 'export const key = process.env.PAY_KEY\n')
    const after = await call()
    expect(after.data).toMatchObject({ before: 'refuted' })
    expect(after.text).not.toContain('now   refuted')
  } finally {
    await door.close()
  }
})
