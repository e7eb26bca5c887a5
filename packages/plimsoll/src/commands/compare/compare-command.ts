import { resolve } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { EXIT } from '../../base/errors/table.ts'
import { asRuns } from '../../engine/compare/choose-sides.ts'
import { compareRuns } from '../../engine/compare/compare-runs.ts'
import { compareTrees } from '../../engine/compare/compare-trees.ts'
import type { Comparison } from '../../engine/compare/comparison.ts'
import { readRun } from '../../engine/runs/read-run.ts'
import { isFolder } from '../../instruments/files/is-folder.ts'
import { loadConfig } from '../../lab/load-config.ts'
import type { CommandContext } from '../define.ts'
import { families } from '../families.ts'
import type { CompareInput } from './index.ts'
import { renderComparison } from './render-comparison.ts'

const compare = async (input: CompareInput, context: CommandContext): Promise<Comparison> => {
  const { a, b, dir, seed, install, service, seconds } = input
  const margin = input.margin / 100
  const runs = asRuns(context.cwd, a, b)
  if (runs !== null) return compareRuns(readRun(runs[0].file), readRun(runs[1].file), margin)
  const root = resolve(context.cwd, dir)
  if (!(await isFolder(root))) throw fault('E_NOT_A_FOLDER', { dir })
  const { config } = await loadConfig(root)
  return compareTrees({
    ...{ root, shown: dir, words: [a, b], config, families, install, seed, margin },
    ...(service !== undefined && { service }),
    limitSeconds: seconds,
    signal: context.signal,
    onProgress: (event) => context.progress?.on(event),
  })
}

/** `plimsoll compare`: exit 1 when B is worse, 4 with --strict when it cannot be told, 130 or 143 when it was interrupted. */
export const compareCommand = async (input: CompareInput, context: CommandContext): Promise<number> => {
  const { signal } = context
  const comparison = await compare(input, context)
    .catch((thrown: unknown) => {
      if (signal.aborted) return null
      throw thrown
    })
    .finally(() => context.progress?.done())
  if (comparison === null) return signal.reason === 'SIGTERM' ? EXIT.terminated : EXIT.interrupted
  context.stdout.write(
    input.json
      ? `${JSON.stringify(comparison, null, 2)}\n`
      : renderComparison(comparison, context.stdout.columns ?? 80),
  )
  if (comparison.answer === 'worse') return EXIT.findings
  return comparison.answer === "can't tell" && input.strict ? EXIT.inconclusive : EXIT.proven
}
