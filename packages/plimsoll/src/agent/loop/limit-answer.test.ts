import { expect, it } from 'vitest'
import { limitAnswer } from './limit-answer.ts'

const keep = async () => '.plimsoll/sessions/s/output/1-bash.txt'

it('leaves a short answer as it is', async () => {
  expect(await limitAnswer('all of it', keep, 8_000)).toBe('all of it')
})

it('shows the beginning and the end of a long one, and where the rest is', async () => {
  const lines = Array.from({ length: 2_000 }, (_, index) => `line ${index + 1} of the output`)
  const text = await limitAnswer(lines.join('\n'), keep, 1_000)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_000)
  expect(text.split('\n').slice(0, 2)).toEqual(['line 1 of the output', 'line 2 of the output'])
  expect(text.split('\n').slice(-4).join('\n')).toMatchInlineSnapshot(`
    "line 1998 of the output
    line 1999 of the output
    line 2000 of the output
    (46892 bytes were too many for one answer; the whole is in .plimsoll/sessions/s/output/1-bash.txt: read its lines 20 to 170, or search it with grep)"
  `)
})

it('cuts one line that is too long, between its letters', async () => {
  const text = await limitAnswer('ü'.repeat(9_000), async () => null, 1_000)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_000)
  expect(text).not.toContain('\uFFFD')
  expect(text).toContain('ask for less')
})
