import { expect, it } from 'vitest'
import { rateLimitOf } from './rate-limit.ts'

const read = (name: string, example: string | null = null) => ({ name, example, default: null, place: null })
const reach = [200, 429, 429].map((status) => ({ route: 'GET /', status, statements: 0, how: 'inferred' }))

it('names the switch of a rate limit that was met, turned round', () => {
  const env = [read('DISABLE_RATE_LIMITING', 'false'), read('THROTTLE_TTL', '60'), read('PORT')]
  expect(rateLimitOf({ env }, reach, {})).toMatchInlineSnapshot(`
    [
      "the app limits the rate of requests: 2 of 3 routes answered 429 and are not known; turn that off for the lab through "env": { "DISABLE_RATE_LIMITING": "true", "THROTTLE_TTL": "…" } in plimsoll.config.json",
    ]
  `)
  expect(rateLimitOf({ env: [] }, reach, {})[0]).toMatch(/through "env" in plimsoll\.config\.json$/)
  expect(rateLimitOf({ env }, reach.slice(0, 1), {})).toEqual([])
})
