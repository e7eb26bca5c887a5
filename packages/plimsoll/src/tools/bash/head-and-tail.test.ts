import { expect, test } from 'vitest'
import { headAndTail, tail } from './head-and-tail.ts'

test('styles and lines that were written over are left out', () => {
  expect(headAndTail('\u001b[31mred\u001b[0m\n10 %\r50 %\r100 %\ndone\r\n', 100)).toEqual({
    text: 'red\n100 %\ndone',
    isCut: false,
  })
})

test('the middle goes first, at the ends of lines', () => {
  const lines = Array.from({ length: 50 }, (_, at) => `line ${at}`).join('\n')
  expect(headAndTail(lines, 60).text).toBe(
    'line 0\nline 1\n… 337 characters left out …\nline 45\nline 46\nline 47\nline 48\nline 49',
  )
  expect(tail(lines, 20)).toBe('line 48\nline 49')
})
