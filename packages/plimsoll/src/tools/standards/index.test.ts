import { expect, test } from 'vitest'
import { testDoor } from '../../../../../test/support/test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { byteLength } from '../../base/text/fit.ts'
import { standards as all } from '../../standards/catalogue.generated.ts'
import standards from './index.ts'

const call = (input: object) => callTool(standards, input, '.', { door: testDoor({ standards: () => all }) })

test('all of them, the most important category first, with their thresholds', async () => {
  const { text } = await call({})
  expect(text).toMatch(/^reliability\./)
  expect(text.split('\n')).toHaveLength(all.length)
  expect(byteLength(text)).toBeLessThanOrEqual(4_000)
  const { text: performance } = await call({ category: 'performance' })
  expect(performance).toMatch(/^performance\.api · .+ · < [\d.]+ /m)
  expect(performance).not.toContain('security.')
})

test('one of them with its reason', async () => {
  const [first] = all
  const { text } = await call({ id: first?.id })
  expect(text).toContain(`\nwhy      ${first?.why}\nsource   `)
  expect(await call({ id: 'no.such' })).toMatchObject({ failed: true })
})
