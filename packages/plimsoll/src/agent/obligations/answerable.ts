import type { Run } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import type { Duty } from './derive-obligations.ts'
import { ABOUT } from './duties.ts'

const OPERATION = /\b(?:GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE|ANY) \//

/** Whether a subject (`POST /bookings × itself`, `GET /events: 5xx`) is about this operation. */
export const names = (subject: string, operation: string): boolean => {
  const at = subject.indexOf(operation)
  if (at === -1) return false
  const next = subject.slice(at + operation.length)
  return /^(?:$|[\s,;)]|:\s|:$)/.test(next) || names(next, operation)
}

/** Whether it names one operation or several, and not the backend as a whole. */
export const isOfOperations = (subject: string): boolean => OPERATION.test(subject)

/** How a refuted verdict stands to the change; `unknown`: no earlier Run tells whether it was there before. */
export type Answerable = 'touched' | 'new' | 'apart' | 'unknown'

const NEAR_LINES = 2

const onChangedLines = ({ places = [] }: Verdict, { changes }: Duty) =>
  places.some(({ file, line }) =>
    changes.some(({ lines }) =>
      lines.some(
        (span) => span.file === file && span.from - NEAR_LINES <= line && line <= span.to + NEAR_LINES,
      ),
    ),
  )

const touchesWhole = (probe: string, duty: Duty): boolean => {
  const kinds = duty.answersFor.get(probe) ?? []
  return duty.changes.some((change) =>
    change.kinds.some((kind) => kinds.includes(kind) && ABOUT[kind] === 'everything'),
  )
}

/** `true`/`false` where the earlier Run tells, null where it did not look. */
export const wasThere = (verdict: Verdict, baseline: Run | null): boolean | null => {
  const looked = baseline?.probes.some(({ probe, outcome }) => probe === verdict.probe && outcome === 'ran')
  if (baseline === null || looked !== true) return null
  return baseline.verdicts.some(({ id, status }) => id === verdict.id && status === 'refuted')
}

/** Whether the change is answerable for a finding: it touches what it is about, or it was not there before. */
export const answerableFor = (
  verdict: Verdict,
  duty: Duty,
  baseline: Run | null,
  isStatic: boolean,
): Answerable => {
  const touched = duty.changes.flatMap(({ operations }) => operations)
  // What is said of the backend as a whole often tells in its detail on which operations it was seen.
  const told = isOfOperations(verdict.subject) ? verdict.subject : verdict.detail
  const ofOperations = isOfOperations(told)
  if (touched.some((operation) => names(told, operation))) return 'touched'
  if (onChangedLines(verdict, duty)) return 'touched'
  if (!ofOperations && !isStatic && touchesWhole(verdict.probe, duty)) return 'touched'
  const before = wasThere(verdict, baseline)
  if (before !== null) return before ? 'apart' : 'new'
  return ofOperations || isStatic ? 'apart' : 'unknown'
}
