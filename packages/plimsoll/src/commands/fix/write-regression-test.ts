import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { RegressionTest } from '../../engine/fix/regression-test.ts'
import type { Run } from '../../model/run.ts'
import type { Finding } from '../../model/verdict.ts'
import { chooseRunner, type Runner } from '../../reporters/failing-tests/choose-runner.ts'
import failingTests from '../../reporters/failing-tests/index.ts'

const FOLDERS = ['test', 'tests', '__tests__']

const commandOf = (id: Runner['id'], file: string): RegressionTest['command'] => {
  if (id === 'vitest') return { file: 'node_modules/.bin/vitest', args: ['run', file] }
  if (id === 'jest')
    return {
      file: process.execPath,
      args: ['--experimental-vm-modules', 'node_modules/.bin/jest', '--testMatch', `**/${file}`],
    }
  return { file: process.execPath, args: ['--test', file] }
}

/** Where no backend is named there is nothing to ask: the test is left out, so that other tests stay green. */
const leftOut = (text: string) =>
  text
    .replace(/^test\(/m, 'const ask = process.env.BASE_URL === undefined ? test.skip : test\n\ntest(')
    .replaceAll(/^test\(/gm, 'ask(')

/** The test of one finding, as the Run's own reporter writes it; null where one request does not show it, or it is there. */
export const writeRegressionTest = (run: Run, root: string, finding: Finding): RegressionTest | null => {
  const alone: Run = { ...run, verdicts: [finding] }
  if (failingTests.applies?.(alone) !== true) return null
  const folder = FOLDERS.find((name) => existsSync(join(root, name))) ?? 'test'
  const file = `${folder}/${finding.id}.test.mjs`
  if (existsSync(join(root, file))) return null
  const text = failingTests.render(alone, { width: 80, color: false, runDir: '', asset: () => '' })
  const command = commandOf(chooseRunner(run).id, file)
  return { file, text: leftOut(text.replaceAll(failingTests.file ?? '', file)), command }
}
