import { expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { testDoor } from '../../../../../test/support/test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { byteLength } from '../../base/text/fit.ts'
import { type Judgement, proven } from '../../model/verdict.ts'
import replay from './index.ts'

const { verdicts } = sampleRun()

const call = async (id: string, now: Judgement | null, unchanged = false) => {
  const verdict = verdicts.find((one) => one.id === id)
  if (verdict === undefined) throw new Error('no such verdict')
  const door = testDoor({ replay: async () => ({ verdict, now, unchanged }) })
  return callTool(replay, { id }, '.', { door })
}

test('a finding that is still there, with what is seen now', async () => {
  const race = verdicts.find(({ id }) => id === 'm3qa') ?? null
  const { text, data } = await call('m3qa', race, true)
  expect(text).toContain('\nNo file is another than in the Run that found it.\n')
  expect(data).toEqual({ id: 'm3qa', before: 'refuted', after: 'refuted' })
  expect(text).toContain('A read, B read, B wrote, A wrote')
  expect(byteLength(text)).toBeLessThanOrEqual(4_000)
})

test('one that is gone, with the next step', async () => {
  const now = proven({
    subject: 'POST /bookings',
    title: 'One of two gets the seat',
    detail: '4 orders forced',
  })
  expect((await call('m3qa', now)).text.split('\n')).toEqual([
    'm3qa · Two customers can book the last seat',
    'then  refuted · read seats (A), read seats (B), write (A), write (B): 2 bookings, 1 seat',
    'now   proven · One of two gets the seat · 4 orders forced',
    'Next: prove {"only":["lost-update"]}, so that its other subjects are looked at too.',
  ])
})

test('one of which the probe no longer speaks', async () => {
  const { text, data } = await call('m3qa', null)
  expect(text).toContain('now   the probe no longer speaks of this subject')
  expect(data).toMatchObject({ after: null })
})
