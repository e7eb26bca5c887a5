import { expect, test } from 'vitest'
import { showControls } from './show-controls.ts'

test.each([
  ['rm -rf src\u001b[2K\rls', 'rm -rf src␛[2K␍ls'],
  ['\u001b]52;c;eA==\u0007 \u009b8m \u202eabc\u007f', '␛]52;c;eA==␇ �8m �abc␡'],
  ['a\tb\r\nc\nʼn ⦵ é 😀', 'a\tb\nc\nʼn ⦵ é 😀'],
])('%j', (text, shown) => {
  expect(showControls(text)).toBe(shown)
})
