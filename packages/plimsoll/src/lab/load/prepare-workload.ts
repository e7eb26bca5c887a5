import { formatCount } from '../../base/text/numbers.ts'
import type { Account, Lab } from '../lab.ts'
import { type Calibrated, calibrate } from './calibrate.ts'
import { type Candidate, chooseOperations, type Left } from './choose-operations.ts'
import { growTables } from './grow-tables.ts'
import { type Made, makeAccounts } from './more-accounts.ts'
import { weigh } from './weigh.ts'
import { namedBy, weightSource } from './weight-source.ts'
import type { Workload } from './window.ts'

export type Prepared = {
  operations: (Calibrated & { weight: number })[]
  /** accounts beside those of the lab, which do not come along when it renews its own */
  made: Made[]
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

type Gathered = { made: Made[]; accounts: Account[]; limits: string[] }

/** As many accounts as are wished for, made where the lab has fewer. */
const gatherAccounts = async (lab: Lab, signal: AbortSignal): Promise<Gathered> => {
  const wanted = lab.wishes.users ?? lab.accounts.length
  const made = await makeAccounts(lab, wanted - lab.accounts.length, signal)
  const accounts = [...lab.accounts, ...made].slice(0, Math.max(1, wanted))
  const short = `${formatCount(wanted, 'user')} were asked for; there are ${formatCount(accounts.length, 'account')}`
  return { made, accounts, limits: accounts.length < wanted ? [short] : [] }
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
  const wanted = weigh(kept, source)
  const { made, accounts, limits: fewUsers } = await gatherAccounts(lab, signal)
  const calibrated = await calibrate({ ...lab, accounts }, wanted.operations, signal)
  const { operations, weights, limits: unsent } = weigh(calibrated.operations, source)
  const all = [...chosen.left, ...left, ...wanted.left, ...calibrated.left]
  const found = [...operations, ...all].map(({ name }) => name)
  return {
    operations,
    made,
    workload: {
      operations: operations.map(({ name, known, weight, variants, effect, cost }) => ({
        ...{ name, known, weight, effect, cost },
        variants: variants.length,
      })),
      left: [...all, ...neverWorked(named, found)],
      weights,
      users: Math.max(1, accounts.length),
      grown,
      limits: [...limits, ...fewUsers, ...unsent],
    },
  }
}
