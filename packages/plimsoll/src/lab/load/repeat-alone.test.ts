import { expect, test } from 'vitest'
import { changedAnswer } from './repeat-alone.ts'

const answers = (...statuses: (number | null)[]) =>
  statuses.map((status) => ({ status, ...(status === null && { error: 'timeout' }) }))

test.each([
  [200, answers(200, 204, 200), null],
  [201, answers(201, 409), 'its answer changed from 201 to 409 when it was repeated'],
  [200, answers(null), 'its answer changed from 200 to no answer (timeout) when it was repeated'],
  [302, answers(302, 200), 'its answer changed from 302 to 200 when it was repeated'],
  [200, answers(200, 200, 429), 'the app limits the rate of requests: it answered 429 when it was repeated'],
])('%s, then %o', (first, later, reason) => {
  expect(changedAnswer(first, later)).toBe(reason)
})
