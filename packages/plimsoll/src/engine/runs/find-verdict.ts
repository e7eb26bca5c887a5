import { fault } from '../../base/errors/fault.ts'
import { nearest } from '../../base/text/nearest.ts'
import type { Run } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import type { RunPlace } from './locate-run.ts'
import { readRun } from './read-run.ts'

/**
 * The verdict of that id, in the first of these Runs that holds it.
 * @throws E_UNKNOWN_ID, with the finding that was likely meant
 */
export const findVerdict = (
  id: string,
  places: readonly Pick<RunPlace, 'file'>[],
): { run: Run; verdict: Verdict } => {
  const ids: string[] = []
  for (const { file } of places) {
    const run = readRun(file)
    const verdict = run.verdicts.find((one) => one.id === id)
    if (verdict !== undefined) return { run, verdict }
    ids.push(...run.verdicts.filter(({ status }) => status === 'refuted').map((one) => one.id))
  }
  const close = nearest(id, ids)
  const candidates =
    close === null ? 'The ids of a Run are in its report: plimsoll report' : `Did you mean "${close}"?`
  throw fault('E_UNKNOWN_ID', { id, candidates })
}
