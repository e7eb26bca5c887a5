import { resolve } from 'node:path'
import { EXIT } from '../../base/errors/table.ts'
import { chooseService } from '../../engine/prove/choose-service.ts'
import { surveyLine } from '../../engine/prove/survey-line.ts'
import { canWrite } from '../../instruments/files/can-write.ts'
import { loadConfig } from '../../lab/load-config.ts'
import { surveyFolder } from '../../survey/survey-folder.ts'
import type { CommandContext } from '../define.ts'
import { families } from '../families.ts'
import {
  type Check,
  checkAddresses,
  checkEnvironment,
  checkMigrations,
  checkPackages,
  checkPort,
  checkRuntime,
  checkStart,
  checkStores,
} from './check.ts'
import type { DoctorInput } from './index.ts'
import { renderChecks } from './render-checks.ts'

const checkOut = async (dir: string, shown: string): Promise<Check> => {
  const about = 'runs'
  if (await canWrite(dir)) return { about, state: 'good', found: `kept in ${shown}` }
  return {
    about,
    state: 'bad',
    found: `${shown} cannot be written`,
    mend: 'Give another folder: --out path/to/folder',
  }
}

/** `plimsoll doctor`: exit 0 when a proof can start, 3 when something is missing. */
export const doctorCommand = async (input: DoctorInput, context: CommandContext): Promise<number> => {
  const root = resolve(context.cwd, input.dir)
  const { system } = await surveyFolder(root, families)
  const { config, file } = await loadConfig(root)
  const service = chooseService(system, input.service, config)
  const out = input.out ?? '.plimsoll/runs'
  const { stores } = families
  const seen = surveyLine({ ...system, services: [service] })
  const checks: Check[] = [
    { about: 'service', state: 'good', found: `${service.name} · ${seen}` },
    { about: 'configuration', state: 'good', found: file ?? 'none, and none is needed' },
    checkRuntime(service),
    checkPackages(service, config),
    checkStart(service, config),
    ...(await checkStores(service, stores, config)),
    ...checkAddresses(service),
    ...checkMigrations(service, config),
    checkEnvironment(service, stores, config),
    await checkPort(service, config),
    await checkOut(resolve(context.cwd, out), out),
  ]
  const ready = checks.every(({ state }) => state !== 'bad')
  context.stdout.write(
    input.json
      ? `${JSON.stringify({ ready, checks }, null, 2)}\n`
      : renderChecks(checks, { target: input.dir, columns: context.stdout.columns ?? 80 }),
  )
  return ready ? EXIT.proven : EXIT.notReady
}
