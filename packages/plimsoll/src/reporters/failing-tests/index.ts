import type { Evidence } from '../../model/evidence.ts'
import type { Run } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { defineReporter } from '../define.ts'
import { chooseRunner } from './choose-runner.ts'
import { writeTest } from './write-test.ts'

/** Bodies are kept up to this length; what was cut cannot be sent again. */
const WHOLE_BODY = 2_000

const isWhole = (evidence: Evidence | undefined) =>
  evidence?.kind === 'exchange' && (evidence.exchange.requestBody?.length ?? 0) < WHOLE_BODY

const testable = (run: Run): Verdict[] =>
  run.verdicts.filter(
    ({ status, tier, expects, evidence }) =>
      status === 'refuted' && tier === 'defect' && isWhole(evidence[expects?.evidence ?? -1]),
  )

export default defineReporter({
  id: 'failing-tests',
  title: 'Failing tests: one for each defect that one request shows',
  file: 'findings.test.mjs',
  applies: (run) => testable(run).length > 0,
  render: (run) => {
    const runner = chooseRunner(run)
    return [
      '// Each test shows one defect: it fails until the defect is mended. The backend must be running, with data.',
      `// ${runner.command}`,
      "import assert from 'node:assert/strict'",
      ...runner.imports,
      '',
      "const base = process.env.BASE_URL ?? 'http://127.0.0.1:3000'",
      "// What a request carries to be somebody's: credentials never enter a report.",
      "const credentials = { authorization: process.env.AUTHORIZATION, cookie: process.env.COOKIE, 'x-api-key': process.env.API_KEY }",
      '',
      ...testable(run).map(writeTest),
    ].join('\n')
  },
})
