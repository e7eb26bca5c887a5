import type { Standard } from '../../model/standard.ts'
import type { Judgement } from '../../model/verdict.ts'
import type { Constraint } from './constraint/evidence.ts'
import { nameConstraint } from './constraint/name-constraint.ts'
import { judgeErrors } from './judge-errors.ts'
import { judgeLatency } from './judge-latency.ts'
import { judgeThroughput } from './judge-throughput.ts'
import type { Seen } from './seen.ts'

const constraintOf = ({ pressed, workload: { operations } }: Seen): Constraint | null =>
  pressed === null ? null : nameConstraint({ pressed, operations })

/** A standard that the user left out is not decided. */
export const judge = (seen: Seen, standard: Standard, all: readonly Standard[] = []): Judgement[] => {
  const find = (id: string) => all.find((one) => one.id === id)
  const api = find('performance.api')
  const errors = find('reliability.error-rate')
  return [
    judgeThroughput(seen, standard, constraintOf(seen)),
    ...(api === undefined ? [] : judgeLatency(seen, api)),
    ...(errors === undefined ? [] : judgeErrors(seen, errors)),
  ]
}
