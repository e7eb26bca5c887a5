import { expect, test } from 'vitest'
import { testDoor } from '../../../../../test/support/test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { byteLength } from '../../base/text/fit.ts'
import type { Patch } from '../../model/patch.ts'
import fixPreview from './index.ts'

const call = (patches: readonly Patch[]) =>
  callTool(fixPreview, { finding: 'b7k2' }, '.', { door: testDoor({ preview: async () => patches }) })

const patch = (after: string): Patch => ({
  finding: 'b7k2',
  title: 'Listen to the pool',
  by: 'pool-listener',
  changes: [{ file: 'db.js', before: 'a\n', after }],
})

test('what a fixer would change, as a diff', async () => {
  expect((await call([patch('a\nb\n')])).text).toBe(
    'pool-listener: Listen to the pool\n--- a/db.js\n+++ b/db.js\n@@ -1 +1,2 @@\n a\n+b',
  )
  const { text } = await call([patch('line\n'.repeat(2_000))])
  expect(byteLength(text)).toBeLessThanOrEqual(4_000)
  expect(text).toContain('more lines: plimsoll fix b7k2)')
})

test('where no fixer has anything to offer', async () => {
  expect(await call([])).toEqual({
    text: 'No fixer has anything to offer for b7k2. findings {"id":"b7k2"} says how to mend it by hand.',
    failed: true,
  })
})
