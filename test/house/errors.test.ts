import { expect, test } from 'vitest'
import { ERRORS, EXIT, KINDS } from '../../packages/plimsoll/src/base/errors/table.ts'
import { errorsPage } from '../../scripts/catalogue/errors-page.ts'
import { files, isTest, read } from '../support/repository.ts'

const TABLE = 'packages/plimsoll/src/base/errors/table.ts'
const codes = Object.keys(ERRORS)

const source = files
  .filter((file) => file.startsWith('packages/plimsoll/src/') && file.endsWith('.ts'))
  .filter((file) => file !== TABLE && !isTest(file))
  .map(read)
  .join('\n')

test('every error of the table is thrown somewhere', () => {
  const idle = codes.filter((code) => !source.includes(`'${code}'`))
  expect(idle, `Throw these somewhere, or take their rows out of ${TABLE}.`).toEqual([])
})

test('docs/errors.md is the table', () => {
  expect(read('docs/errors.md') === errorsPage(), 'Run "npm run catalogue" and commit docs/errors.md.').toBe(
    true,
  )
})

test('every error has a sentence and a hint that end', () => {
  const open = Object.entries(ERRORS)
    .filter(([, { sentence }]) => !/[.}]$/.test(sentence))
    .map(([code]) => code)
  expect(open, `End these sentences with a full stop in ${TABLE}.`).toEqual([])
})

test('a finding and a failure of the tool never share an exit code', () => {
  const outcomes: number[] = [
    EXIT.proven,
    EXIT.findings,
    EXIT.inconclusive,
    EXIT.interrupted,
    EXIT.terminated,
  ]
  const shared = Object.entries(KINDS).filter(([, { exit }]) => outcomes.includes(exit))
  expect(shared, 'Give these kinds an exit code of their own.').toEqual([])
})
