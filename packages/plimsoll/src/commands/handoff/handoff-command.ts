import { join, relative, resolve } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { describeService } from '../../contract/from-survey/describe-service.ts'
import { observedAnswers } from '../../contract/from-survey/observed-answers.ts'
import { listRuns, locateRun } from '../../engine/runs/locate-run.ts'
import { readRun } from '../../engine/runs/read-run.ts'
import { handoffs } from '../../handoffs/catalogue.generated.ts'
import type { Handoff } from '../../handoffs/define.ts'
import { isFolder } from '../../instruments/files/is-folder.ts'
import { writeWhole } from '../../instruments/files/write.ts'
import { findApi } from '../../lab/api/find-api.ts'
import type { Run } from '../../model/run.ts'
import { withoutPrivateValues } from '../../survey/private-values.ts'
import { surveyFolder } from '../../survey/survey-folder.ts'
import { chooseDescribed } from '../choose-described.ts'
import type { CommandContext } from '../define.ts'
import { families } from '../families.ts'
import type { HandoffInput } from './index.ts'

const AUDIENCES = [...new Set(handoffs.map((each) => each.for))].sort()

const choose = ({ for: audience, only }: HandoffInput): Handoff[] => {
  const known: readonly string[] = AUDIENCES
  if (audience !== undefined && !known.includes(audience))
    throw fault('E_UNKNOWN_ID', { id: audience, candidates: `There is: ${AUDIENCES.join(', ')}.` })
  const unknown = only.find((id) => !handoffs.some((each) => each.id === id))
  if (unknown !== undefined)
    throw fault('E_UNKNOWN_ID', {
      id: unknown,
      candidates: `There is: ${handoffs.map(({ id }) => id).join(', ')}.`,
    })
  return handoffs.filter(
    (each) =>
      (audience === undefined || each.for === audience) && (only.length === 0 || only.includes(each.id)),
  )
}

const newestRun = (root: string, named: string | undefined, cwd: string): Run | null => {
  if (named !== undefined) return readRun(locateRun(cwd, named).file)
  const [newest] = [...listRuns(root), ...listRuns(cwd)]
  return newest === undefined ? null : readRun(newest.file)
}

const list = (): string =>
  handoffs.map((each) => `  ${each.for.padEnd(12)} ${each.id.padEnd(13)} ${each.title}\n`).join('')

/** `plimsoll handoff`: artifacts as files; which, to stdout. */
export const handoffCommand = async (input: HandoffInput, context: CommandContext): Promise<number> => {
  const { cwd, stdout, signal } = context
  if (input.list) {
    stdout.write(list())
    return 0
  }
  const root = resolve(cwd, input.dir)
  if (!(await isFolder(root))) throw fault('E_NOT_A_FOLDER', { dir: input.dir })
  const chosen = choose(input)
  const surveyed = await surveyFolder(root, families)
  const system = withoutPrivateValues(surveyed.system)
  const service = chooseDescribed(system, input.dir, input.service)
  const run = newestRun(root, input.run, cwd)
  const api = await findApi({ ...surveyed, system, service, http: null, signal })
  const observed = run === null ? [] : observedAnswers(run, service.routes)
  const { document: openapi } = describeService(service, { observed })
  const out = resolve(cwd, input.out ?? '.plimsoll/handoff')
  for (const handoff of chosen)
    for (const { path, text } of handoff.make({ system, service, run, api, openapi })) {
      const file = join(out, handoff.for, path)
      await writeWhole(file, text)
      stdout.write(`  ${handoff.for.padEnd(12)} ${relative(cwd, file)}\n`)
    }
  stdout.write(
    run === null
      ? '\n  Nothing was proved yet, so there is no figure in them: plimsoll prove\n'
      : `\n  Figures are those of Run ${run.id}.\n`,
  )
  return 0
}
