import { openWire } from '../instruments/wire/open-wire.ts'
import type { Wire } from '../instruments/wire/wire.ts'
import type { Config } from '../model/config.ts'
import type { Endpoint, OwnServer, StoreDatabase, Wiring } from '../stores/define.ts'
import { baseEnvironment } from './environment/base-environment.ts'
import { type AppEnvironment, composeEnvironment } from './environment/compose-environment.ts'
import type { Places } from './environment/fill-template.ts'
import type { Mode } from './environment/mode.ts'
import type { RunningStore, Stores } from './steps/start-stores.ts'
import type { Workshop } from './steps/workshop.ts'

/** What one boot is made from, besides the way it is started. */
export type Scene = {
  workshop: Workshop
  config: Config
  stores: Stores
}

/** One store as one boot reaches it. */
export type Reach = {
  running: RunningStore
  database: StoreDatabase
  wire: Wire | null
  endpoint: Endpoint | null
  /** the server, where this boot has one for itself */
  own?: OwnServer
}

/** A database that one boot reaches. */
export type Reachable = Pick<Reach, 'running' | 'database' | 'own'>

/** Puts a wire before each database that has an address. */
export const openReaches = async (
  { workshop: { confinement } }: Pick<Scene, 'workshop'>,
  databases: readonly Reachable[],
  nowMs: () => number,
): Promise<Reach[]> => {
  const reaches: Reach[] = []
  for (const reachable of databases) {
    const { database } = reachable
    const { store } = reachable.running
    const upstream = database.endpoint
    if (upstream !== null) confinement.admit(upstream.host, upstream.port)
    if (upstream === null || store.protocol === null) {
      reaches.push({ ...reachable, wire: null, endpoint: upstream })
      continue
    }
    const wire = await openWire({ store: store.id, upstream, protocol: store.protocol, nowMs })
    reaches.push({ ...reachable, wire, endpoint: { ...upstream, host: wire.host, port: wire.port } })
  }
  return reaches
}

/** The templates themselves, past any wire: for builds, migrations and seeds. */
export const directReaches = (stores: Stores): Reach[] =>
  stores.running.map((running) => ({
    running,
    database: running.template,
    wire: null,
    endpoint: running.template.endpoint,
  }))

/** The same stores at their own addresses; a file has none, and stays as it is. */
export const pastWires = (reaches: readonly Reach[]): Reach[] =>
  reaches.map((reach) => (reach.wire === null ? reach : { ...reach, endpoint: reach.database.endpoint }))

export type SceneEnvironment = AppEnvironment & { wirings: { store: string; wiring: Wiring }[] }

/** The environment of one boot (or step) that reaches its stores so. */
export const environmentOf = (
  { workshop, config, stores }: Scene,
  mode: Mode,
  reaches: readonly Reach[],
  ports: ReadonlyMap<string, number>,
): SceneEnvironment => {
  const { service, supervisor } = workshop
  const wirings = reaches.map(({ running: { store }, endpoint }) => ({
    store: store.id,
    wiring: store.wire(endpoint, service.env),
  }))
  const places: Places = new Map(
    reaches.flatMap(({ running: { store }, endpoint }) =>
      endpoint === null ? [] : [[store.id, { scheme: store.schemes[0] ?? store.id, endpoint }] as const],
    ),
  )
  const base = baseEnvironment(process.env, supervisor.scratchDir)
  const composed = composeEnvironment({
    service,
    config,
    base,
    mode,
    wirings,
    places,
    ports,
    closed: stores.env,
  })
  return { ...composed, wirings }
}
