import { expect, test } from 'vitest'
import { createClock } from './clock.ts'

test('starts at zero and only goes forward', async () => {
  const clock = createClock()
  const first = clock.nowMs()
  await clock.sleep(20)
  expect(first).toBeGreaterThanOrEqual(0)
  expect(clock.nowMs() - first).toBeGreaterThanOrEqual(19)
})

test('an aborted sleep ends early and without an error', async () => {
  const clock = createClock()
  const stop = new AbortController()
  const slept = clock.sleep(3_600_000, stop.signal)
  stop.abort()
  await expect(slept).resolves.toBeUndefined()
  await expect(clock.sleep(3_600_000, stop.signal)).resolves.toBeUndefined()
})
