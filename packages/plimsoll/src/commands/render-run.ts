import { fault } from '../base/errors/fault.ts'
import { readAsset } from '../instruments/assets/read-asset.ts'
import type { Run } from '../model/run.ts'
import { reporters } from '../reporters/catalogue.generated.ts'
import type { CommandContext } from './define.ts'

const wantsColor = ({ env, stdout }: Pick<CommandContext, 'env' | 'stdout'>) => {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') return true
  return stdout.isTTY === true
}

/** A Run through one reporter, as wide and as coloured as the stream it goes to. */
export const renderRun = (
  run: Run,
  format: string,
  runDir: string,
  context: Pick<CommandContext, 'env' | 'stdout'>,
): string => {
  const reporter = reporters.find(({ id }) => id === format)
  if (reporter === undefined) {
    throw fault('E_UNKNOWN_ID', {
      id: format,
      candidates: `There is: ${reporters.map(({ id }) => id).join(', ')}.`,
    })
  }
  const text = reporter.render(run, {
    width: Math.min(context.stdout.columns ?? 80, 100),
    color: wantsColor(context),
    runDir,
    asset: readAsset,
  })
  return text.endsWith('\n') ? text : `${text}\n`
}
