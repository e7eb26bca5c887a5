import { judgeRun } from '../../engine/judge/judge-run.ts'
import { locateRun } from '../../engine/runs/locate-run.ts'
import { readRun } from '../../engine/runs/read-run.ts'
import { saveRun } from '../../engine/save/save-run.ts'
import { readAsset } from '../../instruments/assets/read-asset.ts'
import { reporters } from '../../reporters/catalogue.generated.ts'
import type { CommandContext } from '../define.ts'
import { families } from '../families.ts'
import { renderRun } from '../render-run.ts'
import type { JudgeInput } from './index.ts'

/** `plimsoll judge`: verdicts anew from the observations; nothing is run. */
export const judgeCommand = async (input: JudgeInput, context: CommandContext): Promise<number> => {
  const { file, dir, shown: runDir } = locateRun(context.cwd, input.run)
  const run = judgeRun(readRun(file), families)
  if (input.write) await saveRun(run, dir, { reporters, readAsset, runDir })
  context.stdout.write(
    input.json ? `${JSON.stringify(run, null, 2)}\n` : renderRun(run, 'terminal', runDir, context),
  )
  return run.exitCode
}
