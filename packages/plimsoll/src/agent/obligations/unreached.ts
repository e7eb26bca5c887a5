import { z } from 'zod'
import type { Run } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { names } from './answerable.ts'
import type { Duty } from './derive-obligations.ts'
import { ABOUT } from './duties.ts'
import type { Obligation } from './obligation.ts'

/** What of its operations an obligation could not look at, and whether what is left is enough. */
export type Unreached = { enough: boolean; notes: readonly string[] }

/** A change that so few operations run is theirs; one that more run is of what they share. */
const OWN_OPERATIONS = 4
/** A statement about what is shared needs that so many of those that run it were reached. */
const LEAST_REACHED = 0.8

/** How an experiment that speaks to operations itself tells how far it got. */
const Tried = z.looseObject({
  operations: z.array(
    z.looseObject({ operation: z.string(), reached: z.boolean(), why: z.string().nullish() }),
  ),
})

const triedIn = (probe: string, { probes }: Run) =>
  probes
    .filter((record) => record.probe === probe)
    .flatMap(({ executions }) => executions)
    .flatMap(({ seen }) => Tried.safeParse(seen).data?.operations ?? [])

const isAccepted = (status: number | null) => status !== null && status >= 200 && status < 400

/** Why nothing is known of an operation: no request to it was accepted, or the experiment left it out. */
const reasonFor = (subject: string, probe: string, verdicts: readonly Verdict[], run: Run): string | null => {
  const tried = triedIn(probe, run).filter(({ operation }) => operation === subject)
  const [own] = tried
  if (own !== undefined && tried.every(({ reached }) => !reached))
    return `not covered: ${subject}: ${own.why ?? 'no request was accepted'}`
  const reached = run.lab.reach.filter(({ route }) => route === subject)
  const [first] = reached
  if (own === undefined && !reached.some(({ status }) => isAccepted(status))) {
    if (first === undefined) return `${subject} was not tried`
    return first.status === null
      ? `${subject} was not reached: ${first.how}`
      : `${subject} accepted no request: answered ${first.status}`
  }
  if (verdicts.some((one) => one.status === 'proven' && names(one.subject, subject))) return null
  const note = verdicts.flatMap(({ notCovered }) => notCovered).find((text) => names(text, subject))
  return note === undefined ? null : `not covered: ${note}`
}

/** Operations that a change is about by itself, and not only as some of many that run what was changed. */
const ownOperations = ({ changes }: Duty): ReadonlySet<string> =>
  new Set(
    changes
      .filter(({ kinds, operations }) => {
        const isShared = kinds.some((kind) => ABOUT[kind] === 'everything')
        return operations.length === 1 || (!isShared && operations.length <= OWN_OPERATIONS)
      })
      .flatMap(({ operations }) => operations),
  )

/** Holds the operations of an obligation against what a Run reached. */
export const findUnreached = (
  { probe, subjects }: Obligation,
  duty: Duty,
  verdicts: readonly Verdict[],
  run: Run,
): Unreached => {
  const spots = subjects.flatMap((subject) => {
    const note = reasonFor(subject, probe, verdicts, run)
    return note === null ? [] : [{ subject, note }]
  })
  const own = ownOperations(duty)
  const missed = spots.some(({ subject }) => own.has(subject))
  return {
    enough: !missed && spots.length <= subjects.length * (1 - LEAST_REACHED) + 1e-9,
    // What decides comes first.
    notes: [...spots]
      .sort((a, b) => Number(own.has(b.subject)) - Number(own.has(a.subject)))
      .map(({ note }) => note),
  }
}
