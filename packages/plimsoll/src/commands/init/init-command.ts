import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { chooseService } from '../../engine/prove/choose-service.ts'
import { writeWhole } from '../../instruments/files/write.ts'
import { missingVariables } from '../../lab/environment/missing-variables.ts'
import { CONFIG_FILES } from '../../model/config-files.ts'
import { surveyFolder } from '../../survey/survey-folder.ts'
import type { CommandContext } from '../define.ts'
import { families } from '../families.ts'
import { draftConfig } from './draft-config.ts'
import type { InitInput } from './index.ts'

const FILE = 'plimsoll.config.json'

const describe = (keys: readonly string[], missing: readonly string[]) => {
  const fill = missing.length === 0 ? '' : `fill in  ${missing.map((name) => `env.${name}`).join(', ')}\n`
  return `written  ${FILE}: ${keys.filter((key) => key !== '$schema').join(', ')}\n${fill}next     plimsoll doctor\n`
}

/** `plimsoll init`: exit 0 when the file is written or printed; E_USAGE when one is there already. */
export const initCommand = async (input: InitInput, context: CommandContext): Promise<number> => {
  const root = resolve(context.cwd, input.dir)
  const { system } = await surveyFolder(root, families)
  const there = CONFIG_FILES.find((name) => existsSync(join(root, name)))
  if (there !== undefined && !input.print && (!input.force || there !== FILE)) {
    const other =
      there === FILE
        ? 'Replace it with --force'
        : `Remove ${there} first, because it would win over a new ${FILE}`
    throw fault('E_USAGE', {
      message: `${there} is there already. ${other}, or see a draft with --print.`,
      command: 'plimsoll init',
    })
  }
  const service = chooseService(system, input.service, {})
  const missing = missingVariables(service, families.stores, {}).missing
  const draft = draftConfig(service, missing, system.services.length > 1)
  const text = `${JSON.stringify(draft, null, 2)}\n`
  if (input.print) context.stdout.write(text)
  else {
    await writeWhole(join(root, FILE), text)
    context.stdout.write(describe(Object.keys(draft), missing))
  }
  return 0
}
