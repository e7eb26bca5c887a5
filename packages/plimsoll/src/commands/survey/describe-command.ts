import { resolve } from 'node:path'
import { stringify } from 'yaml'
import { Fault, fault } from '../../base/errors/fault.ts'
import { formatCount } from '../../base/text/numbers.ts'
import { describeService } from '../../contract/from-survey/describe-service.ts'
import { observedAnswers } from '../../contract/from-survey/observed-answers.ts'
import { locateRun } from '../../engine/runs/locate-run.ts'
import { readRun } from '../../engine/runs/read-run.ts'
import { writeWhole } from '../../instruments/files/write.ts'
import type { System } from '../../model/system.ts'
import { chooseDescribed } from '../choose-described.ts'
import type { CommandContext } from '../define.ts'
import type { SurveyInput } from './index.ts'

const print = (document: object, file: string | null): string =>
  file !== null && !/\.ya?ml$/i.test(file)
    ? `${JSON.stringify(document, null, 2)}\n`
    : stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })

const write = async (file: string, shown: string, text: string): Promise<void> => {
  try {
    await writeWhole(file, text)
  } catch (cause) {
    const problem = cause instanceof Fault ? String(cause.details.problem) : String(cause)
    throw fault('E_FILE_NOT_WRITTEN', { file: shown, problem }, { cause })
  }
}

/** `plimsoll survey --openapi`: the document to a file or to stdout; what it could not say to stderr. */
export const describeCommand = async (
  root: string,
  system: System,
  input: SurveyInput,
  { cwd, stdout, stderr }: CommandContext,
): Promise<number> => {
  const service = chooseDescribed(system, input.dir, input.service)
  const { observe, openapi } = input
  const run =
    observe === false
      ? null
      : readRun(locateRun(observe === true ? root : cwd, observe === true ? undefined : observe).file)
  const observed = run === null ? [] : observedAnswers(run, service.routes)
  const { document, leftOut } = describeService(service, {
    observed,
    ...(system.commit !== null && { version: system.commit.slice(0, 7) }),
  })
  const file = typeof openapi === 'string' ? openapi : null
  const text = print(document, file)
  for (const { what, why, source } of leftOut) stderr.write(`left out  ${what}: ${why}  ${source}\n`)
  if (file === null) {
    stdout.write(text)
    return 0
  }
  await write(resolve(cwd, file), file, text)
  const from = run === null ? '' : ` · ${formatCount(observed.length, 'answer')} of Run ${run.id}`
  stderr.write(`written  ${file}  ${formatCount(service.routes.length, 'route')}${from}\n`)
  return 0
}
