import { expect, test } from 'vitest'
import { openTestDoor } from '../../../../../test/support/open-test-door.ts'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import fixPreview from './index.ts'

const fixer = {
  id: 'listen',
  title: 'listen',
  repairs: ['crash-on-store-loss'],
  propose: async () => [
    {
      finding: 'b7k2',
      title: 'Listen to the pool',
      by: 'listen',
      changes: [{ file: 'db.js', before: 'a\n', after: 'a\nb\n' }],
    },
  ],
}

test('what a fixer would change, as a diff, and that none has anything', async () => {
  const fixture = writeFixture({
    'package.json': { name: 'booking' },
    'db.js': 'a\n',
    '.plimsoll/runs/20261122-3f2c/run.json': sampleRun(),
  })
  const door = await openTestDoor(fixture.dir, { fixers: [fixer] })
  const call = (finding: string) => callTool(fixPreview, { finding }, fixture.dir, { door })
  try {
    expect((await call('b7k2')).text).toBe(
      'listen: Listen to the pool\n--- a/db.js\n+++ b/db.js\n@@ -1 +1,2 @@\n a\n+b',
    )
    expect(await call('m3qa')).toMatchObject({
      failed: true,
      text: 'No fixer has anything to offer for m3qa. findings {"id":"m3qa"} says how to mend it by hand.',
    })
    await expect(call('zzzz')).rejects.toMatchObject({ code: 'E_UNKNOWN_ID' })
  } finally {
    await door.close()
    fixture.remove()
  }
})
