import { expect, test } from 'vitest'
import { stale } from '../../scripts/catalogue.ts'

test('generated files are fresh', () => {
  expect(stale(), 'Run "npm run catalogue" and commit what it wrote.').toEqual([])
})
