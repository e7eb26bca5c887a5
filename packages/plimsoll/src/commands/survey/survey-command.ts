import { resolve } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { isFolder } from '../../instruments/files/is-folder.ts'
import { withoutPrivateValues } from '../../survey/private-values.ts'
import { surveyFolder } from '../../survey/survey-folder.ts'
import type { CommandContext } from '../define.ts'
import { families } from '../families.ts'
import { describeCommand } from './describe-command.ts'
import type { SurveyInput } from './index.ts'
import { renderSystem } from './render-system.ts'

/** `plimsoll survey`: the System on stdout, for people or as JSON. */
export const surveyCommand = async (input: SurveyInput, context: CommandContext): Promise<number> => {
  const root = resolve(context.cwd, input.dir)
  if (!(await isFolder(root))) throw fault('E_NOT_A_FOLDER', { dir: input.dir })
  const { system } = await surveyFolder(root, families)
  const shown = withoutPrivateValues(system)
  if (input.openapi !== false) return await describeCommand(root, shown, input, context)
  const names = new Map(families.stores.map((store) => [store.id, store.name]))
  context.stdout.write(
    input.json
      ? `${JSON.stringify(shown, null, 2)}\n`
      : renderSystem(shown, { target: input.dir, width: context.stdout.columns ?? 80, storeNames: names }),
  )
  return 0
}
