import { expect, test } from 'vitest'
import { sampleRun, sampleRuns } from '../../../../../test/support/sample-run/index.ts'
import { verdict } from '../../../../../test/support/sample-run/verdict.ts'
import { code, escapeText } from './escape.ts'
import markdown from './index.ts'

const options = { width: 80, color: false, runDir: '.plimsoll/runs/one', asset: () => '' }

test.each(Object.keys(sampleRuns) as (keyof typeof sampleRuns)[])('the whole page: %s', (variant) => {
  expect(markdown.render(sampleRuns[variant](), options)).toMatchSnapshot()
})

test('nothing that a target says becomes markup, a mention or a link', () => {
  const nasty = '</details><img src=x> @everyone #12 [a](http://b) `x` |'
  const page = markdown.render(
    sampleRun({
      verdicts: [
        verdict({
          id: 'nn1a',
          status: 'refuted',
          severity: 'low',
          probe: 'error-hygiene',
          standard: 'api.contract',
          subject: nasty,
          title: nasty,
          detail: nasty,
          replay: 'plimsoll replay nn1a',
          evidence: [{ kind: 'log', title: nasty, lines: ['```', '</details>'] }],
        }),
      ],
    }),
    options,
  )
  expect(page).not.toMatch(/(?<!\\)<img|@everyone|#12|(?<!\\)\[a|:\/\/b/)
  expect(page).toContain('````\n```\n</details>\n````')
})

test('inline code survives backticks', () => {
  expect(code('a `b` c')).toBe('`` a `b` c ``')
  expect(escapeText('two\n  lines')).toBe('two lines')
})
