import { expect, test } from 'vitest'
import { testDoor } from '../../../../../test/support/test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import findings from './index.ts'

const call = (input: object, door = testDoor()) => callTool(findings, input, '.', { door })

test('the newest Run, or one by its id', async () => {
  const { text, links } = await call({})
  expect(text).toMatch(/^Run 20261122-3f2c: 10 defects proved\./)
  expect(links).toEqual([{ uri: 'plimsoll://runs/20261122-3f2c', title: 'Run 20261122-3f2c' }])
  expect((await call({ run: '20261122-3f2c' })).text).toBe(text)
})

test('one finding with its evidence', async () => {
  const { text } = await call({ id: 'm3qa' })
  expect(text).toContain('UPDATE rooms SET seats_left')
  expect(text).toContain('Next: mend it, then replay {"id":"m3qa"}')
})

test('what is not there', async () => {
  expect(await call({ id: 'm3qq' })).toMatchObject({
    failed: true,
    text: 'Run 20261122-3f2c has no verdict "m3qq". Did you mean "m3qa"?',
  })
  expect(await call({ run: 'other' })).toMatchObject({
    failed: true,
    text: 'There is no Run "other". There is: 20261122-3f2c.',
  })
  expect((await call({}, testDoor({ run: () => null, runs: () => [] }))).text).toBe(
    'There is no Run yet. Make one with prove.',
  )
})
