import { openSentinel } from '../../instruments/gauge/sentinel.ts'
import type { Lab } from '../lab.ts'
import { loadOperation } from './calibrate.ts'
import { measureWindow } from './measure-window.ts'
import { enterAgain, type Made } from './more-accounts.ts'
import { type Prepared, type PrepareOptions, prepareWorkload } from './prepare-workload.ts'
import type { LoadBench } from './window.ts'

const ON_THE_WIRE =
  'the app reaches its stores through the wire, which takes processor time of its own: rates are lower than they could be'

/** Past the wire where the lab can; sessions that ended with the restart are renewed. */
const leaveWire = async (lab: Lab, made: readonly Made[]) => {
  if (!lab.stores.some(({ wire }) => wire !== null)) return { made, limits: [] }
  if (lab.direct === undefined) return { made, limits: [ON_THE_WIRE] }
  await lab.direct()
  return { made: await enterAgain(lab, made), limits: [] }
}

/** The same requests with the headers they carry now. */
const renewed = (lab: Lab, { operations }: Prepared): Prepared['operations'] =>
  operations.map((one) => {
    const { route } = one.known
    const known = lab.known.find(
      (other) => other.route.method === route.method && other.route.path === route.path,
    )
    return { ...one, known: known ?? one.known }
  })

/**
 * Makes a lab ready to be measured under load: fills its tables where that is wished for, chooses the operations, asks
 * each of them alone, and takes the wire out of the way.
 * @throws E_CONFIG_INVALID for weights of routes that do not exist, E_CONFIG_UNREADABLE for an access log that cannot
 * be read, what `lab.direct` throws, the signal's reason when it aborts
 */
export const openLoadBench = async (
  lab: Lab,
  { signal, reads = false }: { signal: AbortSignal } & Partial<PrepareOptions>,
): Promise<LoadBench> => {
  const prepared = await prepareWorkload(lab, { signal, reads })
  const { made, limits } = await leaveWire(lab, prepared.made)
  const accounts = [...lab.accounts, ...made]
  const sentinel = await openSentinel()
  const seeds = lab.random.fork('load')
  const close = () => sentinel.close()
  signal.addEventListener('abort', () => void close(), { once: true })
  return {
    workload: { ...prepared.workload, limits: [...prepared.workload.limits, ...limits] },
    window: (options) => {
      // Each time anew: a restart of the app ends the sessions that requests carry.
      const sent = renewed(lab, prepared).filter(({ name }) => options.only?.includes(name) ?? true)
      const parts = {
        operations: sent.map((one) => loadOperation(one, accounts, one.weight)),
        sentinel,
        seed: seeds.integer(1, 2 ** 31 - 1),
        signal,
      }
      return measureWindow(lab, parts, options)
    },
    close,
  }
}
