import { expect, test } from 'vitest'
import { verdict } from '../../../../../test/support/sample-run/verdict.ts'
import type { Severity } from '../../model/priority.ts'
import type { Verdict } from '../../model/verdict.ts'
import { exitCode } from './exit-code.ts'

const said = { id: 'abcd', standard: 's.s', probe: 'p', subject: 's', title: 't', detail: 'd' }
const defect = (severity: Severity, tier: Verdict['tier'] = 'defect') =>
  verdict({ ...said, status: 'refuted', severity, tier })
const proven = verdict({ ...said, status: 'proven' })
const open = verdict({ ...said, status: 'inconclusive' })
const errored = verdict({ ...said, status: 'errored' })
const absent = verdict({ ...said, status: 'not-applicable' })

const base = { end: 'complete', verdicts: [proven], failOn: 'low', strict: false } as const

test.each([
  ['everything proven', {}, 0],
  ['nothing to prove', { verdicts: [absent] }, 0],
  ['a defect', { verdicts: [proven, defect('low')] }, 1],
  ['a defect below the bar', { verdicts: [defect('medium')], failOn: 'high' }, 0],
  ['a defect at the bar', { verdicts: [defect('high')], failOn: 'high' }, 1],
  ['a suspicion', { verdicts: [defect('critical', 'suspicion')] }, 0],
  ['advice', { verdicts: [defect('critical', 'advice')] }, 0],
  ['something open', { verdicts: [proven, open] }, 0],
  ['something open, strictly', { verdicts: [proven, open], strict: true }, 4],
  ['a defect and something open, strictly', { verdicts: [defect('low'), open], strict: true }, 1],
  ['a probe of ours that broke', { verdicts: [proven, errored] }, 70],
  ['a broken probe beside a defect', { verdicts: [defect('low'), errored] }, 1],
  ['an app that never got ready', { end: 'not-ready', verdicts: [open] }, 3],
  [
    'an app that never got ready, with a defect in its files',
    { end: 'not-ready', verdicts: [defect('critical')] },
    3,
  ],
  ['a budget that ran out', { end: 'budget' }, 6],
  ['a budget that ran out after a defect', { end: 'budget', verdicts: [defect('low')] }, 1],
  ['Ctrl-C', { end: 'interrupted', signal: 'SIGINT' }, 130],
  ['Ctrl-C after a defect', { end: 'interrupted', verdicts: [defect('critical')] }, 130],
  ['SIGTERM', { end: 'interrupted', signal: 'SIGTERM' }, 143],
] as const)('%s', (_name, parts, code) => {
  expect(exitCode({ ...base, ...parts })).toBe(code)
})
