import { fault } from '../../base/errors/fault.ts'
import { nearest } from '../../base/text/nearest.ts'
import { isLoopback } from '../../instruments/http/loopback.ts'
import type { Config } from '../../model/config.ts'
import type { Service, StoreUse } from '../../model/system.ts'
import type { Store, StoreDatabase, StoreServer } from '../../stores/define.ts'
import { closeStore } from '../environment/closed-stores.ts'
import { lendStore } from '../environment/lent-stores.ts'
import { addressesIn } from '../environment/store-addresses.ts'
import { distinctStores, storeKey, storeName } from '../environment/store-key.ts'
import type { Workshop } from './workshop.ts'

export type RunningStore = {
  store: Store
  server: StoreServer
  template: StoreDatabase
}

export type Stores = {
  running: RunningStore[]
  /** variables for stores that the lab does not run: closed, or lent by the user */
  env: Record<string, string>
  limits: string[]
}

/** A store without a member of its own: lent by the user, declared unnecessary, or a reason not to start. */
const handleUnsupported = (
  use: StoreUse,
  { service, confinement }: Pick<Workshop, 'service' | 'confinement'>,
  config: Config,
): Pick<Stores, 'env' | 'limits'> => {
  const key = storeKey(use)
  const said = config.stores?.[key]
  if (said?.use === false) {
    return { env: closeStore(service, key), limits: [`${key} is left out, as "stores.${key}.use" says`] }
  }
  if (said?.url === undefined) throw fault('E_STORE_UNSUPPORTED', { store: storeName(use), key })
  const host = URL.canParse(said.url) ? new URL(said.url).hostname : ''
  if (!isLoopback(host)) {
    throw fault('E_STORE_NOT_DISPOSABLE', { url: `stores.${key}.url`, reason: 'is not on this machine' })
  }
  for (const { host, port } of addressesIn(said.url)) confinement.admit(host.replace(/[[\]]/g, ''), port)
  const limit = `${key} was lent by the configuration and its bytes do not pass our proxy: faults of it are not tested`
  return { env: lendStore(service, key, said.url), limits: [limit] }
}

/** A misspelt store would leave the user's own word about it unheard. */
const checkKeys = ({ stores = {} }: Config, service: Service, members: readonly Store[]) => {
  const known = [...new Set([...members.map(({ id }) => id), ...service.stores.map(storeKey)])]
  for (const key of Object.keys(stores)) {
    if (known.includes(key) || known.length === 0) continue
    const meant = nearest(key, known)
    const help = meant === null ? `there is: ${known.join(', ')}` : `did you mean "${meant}"?`
    throw fault('E_CONFIG_INVALID', {
      file: 'plimsoll.config',
      problem: `"stores.${key}" is no store of this app (${help})`,
    })
  }
}

/** Starts every store the app uses, in the order in which the survey names them. */
export const startStores = async (
  workshop: Workshop,
  members: readonly Store[],
  config: Config,
  durable: boolean,
): Promise<Stores> => {
  const { service, supervisor, signal, appDir, log } = workshop
  checkKeys(config, service, members)
  const stores: Stores = { running: [], env: {}, limits: [] }
  try {
    for (const use of distinctStores(service.stores)) {
      const key = storeKey(use)
      const store = members.find(({ id }) => id === key)
      if (store === undefined || config.stores?.[key]?.use === false) {
        const { env, limits } = handleUnsupported(use, workshop, config)
        Object.assign(stores.env, env)
        stores.limits.push(...limits)
        continue
      }
      const url = config.stores?.[key]?.url ?? null
      const sandbox = config.sandbox === true
      const start = async () => {
        const server = await store.start({ supervisor, url, appDir, durable, sandbox, signal })
        const template = await server.template()
        stores.running.push({ store, server, template })
        const { endpoint } = template
        if (endpoint !== null) workshop.confinement.admit(endpoint.host, endpoint.port)
        return server
      }
      await log.step('store', store.id, start, ({ how }) => how)
      workshop.stores.push(store.id)
    }
  } catch (thrown) {
    await Promise.allSettled(stores.running.map(({ server }) => server.stop()))
    throw thrown
  }
  return stores
}
