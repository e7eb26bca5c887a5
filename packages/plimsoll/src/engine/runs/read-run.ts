import { readFileSync } from 'node:fs'
import type { ZodError } from 'zod'
import { fault } from '../../base/errors/fault.ts'
import { RUN_VERSION, Run } from '../../model/run.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first problem, where it stands: `verdicts.3.severity: Invalid option`. */
const firstProblem = (error: ZodError): string => {
  const [issue] = error.issues
  if (issue === undefined) return 'it does not match the schema'
  return `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}`
}

const parse = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw fault('E_NOT_A_RUN', { file, problem: 'it is not JSON' }, { cause })
  }
}

/**
 * A Run from the text of its file.
 * @throws E_NOT_A_RUN, with the first thing that is wrong with it
 */
export const parseRun = (text: string, file: string): Run => {
  const value = parse(text, file)
  const version = isRecord(value) ? value.version : undefined
  if (typeof version === 'number' && version > RUN_VERSION) {
    const problem = `it has version ${version}, and this plimsoll reads up to ${RUN_VERSION}`
    throw fault('E_NOT_A_RUN', { file, problem })
  }
  const parsed = Run.safeParse(value)
  if (!parsed.success) {
    throw fault('E_NOT_A_RUN', { file, problem: firstProblem(parsed.error) }, { cause: parsed.error })
  }
  return parsed.data
}

/**
 * A Run from its file.
 * @throws E_NOT_A_RUN, with the first thing that is wrong with it
 */
export const readRun = (file: string): Run => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw fault('E_NOT_A_RUN', { file, problem: 'it cannot be read' }, { cause })
  }
  return parseRun(text, file)
}
