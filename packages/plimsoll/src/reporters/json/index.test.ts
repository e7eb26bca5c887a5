import { expect, test } from 'vitest'
import { sampleRuns } from '../../../../../test/support/sample-run/index.ts'
import { Run } from '../../model/run.ts'
import json from './index.ts'

const options = { width: 80, color: false, runDir: '.plimsoll/runs/one', asset: () => '' }

test.each(Object.keys(sampleRuns) as (keyof typeof sampleRuns)[])(
  'gives back the same Run: %s',
  (variant) => {
    const run = sampleRuns[variant]()
    expect(Run.parse(JSON.parse(json.render(run, options)))).toEqual(run)
  },
)
