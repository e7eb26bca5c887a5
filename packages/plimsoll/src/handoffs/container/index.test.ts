import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { handoffInput } from '../../../../../test/support/handoff-input.ts'
import container from './index.ts'

test('the image runs as nobody in particular, and its process gets the signals', () => {
  const [dockerfile, , compose] = container.make(handoffInput())
  expect(dockerfile?.text).toMatch(/^USER node$/m)
  expect(dockerfile?.text).toMatch(/^CMD \["node","dist\/server.js"\]$/m)
  const { services } = parse(compose?.text ?? '')
  expect(Object.keys(services)).toEqual(['booking', 'postgres'])
  expect(services.booking.environment).toMatchObject({ DATABASE_URL: expect.stringContaining(':?') })
  expect(compose?.text).not.toContain('change-me')
})
