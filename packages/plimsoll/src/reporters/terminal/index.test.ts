import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { sampleRuns } from '../../../../../test/support/sample-run/index.ts'
import terminal from './index.ts'

const options = { width: 80, color: false, runDir: '.plimsoll/runs/20261122-3f2c', asset: () => '' }

test.each(Object.keys(sampleRuns) as (keyof typeof sampleRuns)[])('the whole page: %s', (variant) => {
  expect(terminal.render(sampleRuns[variant](), options)).toMatchSnapshot()
})

test.each([40, 60, 80, 120])('no line is wider than %i columns, but for words that are', (width) => {
  for (const sample of Object.values(sampleRuns)) {
    const lines = terminal.render(sample(), { ...options, width }).split('\n')
    const wide = lines.filter((line) => line.length > width && line.trim().includes(' '))
    expect(wide.filter((line) => !/^ +(report|replay) /.test(line))).toEqual([])
  }
})

test('colour adds styles and changes no letter', () => {
  const run = sampleRuns.complete()
  const colored = terminal.render(run, { ...options, color: true })
  expect(colored).not.toBe(stripVTControlCharacters(colored))
  expect(stripVTControlCharacters(colored)).toBe(terminal.render(run, options))
})
