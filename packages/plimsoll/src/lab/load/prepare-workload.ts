import { formatCount } from '../../base/text/numbers.ts'
import type { Lab } from '../lab.ts'
import { type Calibrated, calibrate } from './calibrate.ts'
import { type Candidate, chooseOperations, type Left } from './choose-operations.ts'
import { growTables } from './grow-tables.ts'
import { weigh } from './weigh.ts'
import { namedBy, weightSource } from './weight-source.ts'
import type { Workload } from './window.ts'

export type Prepared = {
  operations: (Calibrated & { weight: number })[]
  workload: Workload
}

export type PrepareOptions = {
  signal: AbortSignal
  /** only operations that change nothing */
  reads: boolean
}

const withoutWrites = (candidates: readonly Candidate[], reads: boolean) => {
  const kept = candidates.filter(({ effect }) => !reads || effect === 'reads')
  const left: Left[] = candidates
    .filter((one) => !kept.includes(one))
    .map(({ name }) => ({ name, reason: 'it writes, and only reads are sent' }))
  return { kept, left }
}

const usersOf = ({ accounts, wishes }: Pick<Lab, 'accounts' | 'wishes'>) => {
  const wanted = wishes.users ?? accounts.length
  const users = Math.max(1, Math.min(wanted, accounts.length))
  const short = `${formatCount(wanted, 'user')} were asked for; ${formatCount(accounts.length, 'account')} could be made`
  return { users, limits: wanted > users ? [short] : [] }
}

const neverWorked = (named: ReadonlySet<string> | null, found: readonly string[]): Left[] =>
  [...(named ?? [])]
    .filter((name) => !found.includes(name))
    .map((name) => ({ name, reason: 'no request to it is known to work' }))

/** Fills the tables, chooses what is sent, and asks each operation alone; the lab is on the wire meanwhile. */
export const prepareWorkload = async (lab: Lab, { signal, reads }: PrepareOptions): Promise<Prepared> => {
  const source = await weightSource(lab, signal)
  const named = namedBy(source)
  const { grown, limits } = await growTables(lab, lab.wishes.rows, signal)
  const chosen = chooseOperations({ ...lab, named })
  const { kept, left } = withoutWrites(chosen.candidates, reads)
  const weighed = weigh(kept, source)
  const { users, limits: fewUsers } = usersOf(lab)
  const calibrated = await calibrate(lab, weighed.operations, { users, signal })
  const weights = new Map(weighed.operations.map(({ name, weight }) => [name, weight]))
  const operations = calibrated.operations.map((one) => ({ ...one, weight: weights.get(one.name) ?? 1 }))
  const all = [...chosen.left, ...left, ...weighed.left, ...calibrated.left]
  const found = [...operations, ...all].map(({ name }) => name)
  return {
    operations,
    workload: {
      operations: operations.map(({ name, known, weight, variants, effect, cost }) => ({
        ...{ name, known, weight, effect, cost },
        variants: variants.length,
      })),
      left: [...all, ...neverWorked(named, found)],
      weights: weighed.weights,
      users,
      grown,
      limits: [...limits, ...fewUsers, ...weighed.limits],
    },
  }
}
