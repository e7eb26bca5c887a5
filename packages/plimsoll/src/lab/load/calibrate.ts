import type { LoadOperation } from '../../instruments/load/load.ts'
import type { Lab } from '../lab.ts'
import { watchIdle } from '../speak/background.ts'
import type { Candidate, Left } from './choose-operations.ts'
import { toLoadRequest } from './load-request.ts'
import { measureCost } from './measure-cost.ts'
import { askForThings, harvestThings } from './other-things.ts'
import { changedAnswer, type Repeated, repeatAlone } from './repeat-alone.ts'
import { findVariants, requestOf, type Variant } from './variants.ts'
import type { OperationCost } from './window.ts'

/** An operation that answers the same however often it is asked, with what one request of it costs. */
export type Calibrated = Candidate & {
  variants: Variant[]
  /** what goes with its requests besides what is known of them: headers of the configuration */
  sent: Readonly<Record<string, string>>
  cost: OperationCost
}

export type Calibration = { operations: Calibrated[]; left: Left[] }

const ALL_BATCHES_MS = 6_000
const LONGEST_BATCH_MS = 250
const SHORTEST_BATCH_MS = 60

export const loadOperation = (
  { name, known, variants, sent }: Pick<Calibrated, 'name' | 'known' | 'variants' | 'sent'>,
  accounts: Lab['accounts'],
  weight: number,
): LoadOperation => ({
  name,
  weight,
  requests: variants.map((variant) => toLoadRequest(requestOf({ known }, variant, accounts), sent)),
})

/** Headers that went along although the request did not ask for them. */
const addedHeaders = ({ known }: Candidate, { exchanges }: Repeated) => {
  const own = new Set(Object.keys(known.request.headers ?? {}).map((name) => name.toLowerCase()))
  return Object.fromEntries(
    Object.entries(exchanges[0]?.requestHeaders ?? {}).filter(([name]) => !own.has(name.toLowerCase())),
  )
}

const answersOf = (statuses: Record<string, number>) =>
  Object.entries(statuses).flatMap(([status, times]) =>
    Array.from({ length: times }, () => ({ status: Number(status) })),
  )

/**
 * Asks each operation alone, over the wire: whether its answer stays the same, which accounts and things it may be
 * asked for, and what one request costs.
 */
export const calibrate = async (
  lab: Lab,
  candidates: readonly Candidate[],
  signal: AbortSignal,
): Promise<Calibration> => {
  const calibration: Calibration = { operations: [], left: [] }
  const background = new Set<string>()
  await watchIdle(lab, background)
  const harvest = await harvestThings(lab, signal)
  const batchMs = Math.min(
    LONGEST_BATCH_MS,
    Math.max(SHORTEST_BATCH_MS, ALL_BATCHES_MS / Math.max(1, candidates.length)),
  )
  for (const candidate of candidates) {
    const { name, known } = candidate
    const repeated = await repeatAlone(lab, known, signal)
    if (repeated.unfit !== null) {
      calibration.left.push({ name, reason: repeated.unfit })
      continue
    }
    const variants = await findVariants(lab, candidate, askForThings(known, harvest), signal)
    const sent = addedHeaders(candidate, repeated)
    const operation = loadOperation({ name, known, variants, sent }, lab.accounts, 1)
    const { cost, statuses } = await measureCost(lab, operation, repeated, { batchMs, background, signal })
    const unfit = changedAnswer(known.status, answersOf(statuses))
    if (unfit === null) calibration.operations.push({ ...candidate, variants, sent, cost })
    else calibration.left.push({ name, reason: unfit })
  }
  return calibration
}
