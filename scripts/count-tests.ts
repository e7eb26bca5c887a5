/** `jiti scripts/count-tests.ts report.json`: passed, failed and skipped of a JSON report of vitest, on one line. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
})

const { testResults } = Report.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')))
const all = testResults.flatMap(({ assertionResults }) => assertionResults)
const count = (...statuses: string[]) => all.filter(({ status }) => statuses.includes(status)).length

/** A file that does not load, or whose preparation fails, has no failed test of its own. */
const broken = testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
)

for (const { name, message } of broken) console.error(`broken  ${name}: ${message.split('\n')[0]}`)
for (const { status, fullName } of all) {
  if (status !== 'passed' && status !== 'failed') console.error(`skipped  ${fullName}`)
}
console.log(count('passed'), count('failed') + broken.length, count('skipped', 'pending', 'todo', 'disabled'))
