import { expect, test } from 'vitest'
import { checkPatterns } from './check-patterns.ts'

const { signal } = new AbortController()

test('a pattern that backtracks comes with longer and longer texts', async () => {
  const [slow, safe, wrong, name] = await checkPatterns(
    [
      { pattern: '^(\\w+\\s?)*$', flags: '' },
      { pattern: '^[a-z0-9-]+$', flags: 'i' },
      { pattern: '(', flags: '' },
      { pattern: '^([a-z0-9]+)*@$', flags: '' },
    ],
    { withinMs: 60_000, signal },
  )
  expect(slow).toMatchObject({ outcome: 'slow', complexity: 'exponential' })
  const lengths = slow?.climbs.map(({ text }) => text.length) ?? []
  expect(lengths.length).toBeGreaterThan(3)
  expect(lengths).toEqual([...lengths].sort((a, b) => a - b))
  expect(safe).toMatchObject({ outcome: 'safe', climbs: [] })
  expect(wrong).toMatchObject({ outcome: 'unknown' })
  // Letters and digits keep this one busy as well.
  expect(name).toMatchObject({ outcome: 'slow', complexity: 'exponential', harmless: ' ' })
})

test('what there was no time for is not known', async () => {
  const none = await checkPatterns([{ pattern: 'a+', flags: '' }], { withinMs: -1, signal })
  expect(none).toEqual([{ outcome: 'unknown', complexity: null, climbs: [], harmless: 'x' }])
})
