import { lookup } from 'node:dns/promises'
import { isLoopback } from '../../../instruments/http/loopback.ts'
import type { Endpoint, Store } from '../../../stores/define.ts'

export type Connection = { /** id of the store's member */ store: string; endpoint: Endpoint }

export type Classified = {
  /**
   * `lab`: ours, to be used at will; `empty-disposable`: on this machine, and nothing is in it; `foreign`: somebody's;
   * `unknown`: it did not tell
   */
  kind: 'lab' | 'empty-disposable' | 'foreign' | 'unknown'
  /** one sentence */
  reason: string
}

export type Known = {
  /** databases that the lab lends */
  lab: readonly Connection[]
  stores: readonly Store[]
}

const onThisMachine = async (host: string): Promise<{ yes: boolean; address: string | null }> => {
  const found = await lookup(host, { all: true }).catch(() => [])
  const stranger = found.find(({ address }) => !isLoopback(address))
  return { yes: found.length > 0 && stranger === undefined, address: stranger?.address ?? null }
}

/**
 * Says whose a connection is by where it leads: the addresses that the name stands for, then what answers there. A host
 * that is not this machine is never connected to. For tools that take a connection: only `lab` and `empty-disposable`
 * may be changed.
 */
export const classifyConnection = async (
  { store, endpoint }: Connection,
  { lab, stores }: Known,
): Promise<Classified> => {
  const { host, port, database } = endpoint
  const shown = `${host}:${port}/${database}`
  const place = await onThisMachine(host)
  if (!place.yes)
    return place.address === null
      ? { kind: 'unknown', reason: `${shown}: the name stands for no address` }
      : { kind: 'foreign', reason: `${shown} is on ${place.address}, which is not this machine` }
  const own = lab.find(
    (each) => each.store === store && each.endpoint.port === port && each.endpoint.database === database,
  )
  if (own !== undefined) return { kind: 'lab', reason: `${shown} is a copy that the lab made` }
  const identify = stores.find(({ id }) => id === store)?.identify
  const found = (await identify?.({ ...endpoint })) ?? null
  if (found === null) return { kind: 'unknown', reason: `${shown} does not tell what it holds` }
  return found.holds === null
    ? { kind: 'empty-disposable', reason: `${shown} is on this machine and holds nothing` }
    : { kind: 'foreign', reason: `${shown} ${found.holds}, which the lab did not make` }
}
