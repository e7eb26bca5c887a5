import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { packBody } from './pack-body.ts'

test('what is packed unpacks to the same', async () => {
  const packed = await packBody('0'.repeat(100_000))
  expect(packed.length).toBeLessThan(1_000)
  expect(gunzipSync(packed).toString()).toBe('0'.repeat(100_000))
})
