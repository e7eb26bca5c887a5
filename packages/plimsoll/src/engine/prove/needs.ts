import type { Need } from '../../experiments/define.ts'
import type { Lab } from '../../lab/lab.ts'
import { storeReads } from '../../lab/traffic/choose.ts'

export type Lack = { outcome: 'not-applicable' | 'skipped'; reason: string }

/** What every lab of a session has, known before one is opened. */
export type Offer = Pick<Lab, 'known'> & {
  /** null where no store has a wire */
  store: { id: string } | null
  stores: readonly { id: string }[]
}

const reads = (offer: Offer) => storeReads(offer, 1).length > 0

const writes = ({ known }: Pick<Offer, 'known'>) =>
  known.some(({ writes: by }) => Object.values(by).some((n) => n > 0))

const lackWire = ({ stores }: Offer): Lack =>
  stores.length === 0
    ? { outcome: 'not-applicable', reason: 'the app uses no store' }
    : {
        outcome: 'not-applicable',
        reason: `nothing crosses a wire to ${stores.map(({ id }) => id).join(', ')}: faults cannot be injected there`,
      }

const LACKS: Record<Need, (offer: Offer) => Lack | null> = {
  http: ({ known }) =>
    known.length > 0 ? null : { outcome: 'skipped', reason: 'no route was found that answers with success' },
  wire: (offer) => (offer.store === null ? lackWire(offer) : null),
  'read-request': (offer) =>
    reads(offer) ? null : { outcome: 'skipped', reason: 'no request was found that reads the store' },
  'write-request': (offer) =>
    writes(offer) ? null : { outcome: 'skipped', reason: 'no write was found that the app accepts' },
}

/** The first thing an experiment needs that no lab of these can give; null when it can run. */
export const lacking = (needs: readonly Need[], offer: Offer): Lack | null => {
  const ordered: readonly Need[] = ['wire', 'http', 'read-request', 'write-request']
  for (const need of ordered.filter((one) => needs.includes(one))) {
    const lack = LACKS[need](offer)
    if (lack !== null) return lack
  }
  return null
}
