import { fault } from '../../base/errors/fault.ts'
import { nearest } from '../../base/text/nearest.ts'
import { isFinding } from '../../engine/fix/propose-fixes.ts'
import type { Run } from '../../model/run.ts'
import type { Finding } from '../../model/verdict.ts'
import type { FixInput } from './index.ts'

const isDefect = ({ tier }: Finding) => tier === 'defect'

const find = (run: Run, id: string): Finding => {
  const findings = run.verdicts.filter(isFinding)
  const found = findings.find((one) => one.id === id)
  if (found !== undefined) return found
  const close = nearest(
    id,
    findings.map((one) => one.id),
  )
  const candidates =
    close === null ? 'The ids of a Run are in its report: plimsoll report' : `Did you mean "${close}"?`
  throw fault('E_UNKNOWN_ID', { id, candidates })
}

/**
 * The findings that were asked for, in the order of their importance.
 * @throws E_UNKNOWN_ID, E_USAGE when none was named
 */
export const chooseFindings = (run: Run, { finding: ids, all }: FixInput): Finding[] => {
  if (all) return run.verdicts.filter(isFinding).filter(isDefect)
  if (ids.length === 0) {
    const message = 'name a finding, or say --all'
    throw fault('E_USAGE', { message, command: 'plimsoll fix' })
  }
  const named = new Set(ids.map((id) => find(run, id).id))
  return run.verdicts.filter(isFinding).filter(({ id }) => named.has(id))
}
