import { join } from 'node:path'
import { openConfinement } from '../../../instruments/confine/open-confinement.ts'
import type { Supervisor } from '../../../instruments/process/process.ts'
import { openLabBox } from '../../../lab/box/open-lab-box.ts'
import { lendManager } from '../../../lab/command/package-manager.ts'
import { freeEnvFiles } from '../../../lab/copy/free-env-files.ts'
import { stageCopy } from '../../../lab/copy/stage-copy.ts'
import { closeStore } from '../../../lab/environment/closed-stores.ts'
import { firstMode } from '../../../lab/environment/mode.ts'
import { distinctStores, storeKey } from '../../../lab/environment/store-key.ts'
import { directReaches, environmentOf, type Scene } from '../../../lab/scene.ts'
import { migrate } from '../../../lab/steps/migrate.ts'
import { seed } from '../../../lab/steps/seed.ts'
import { startStores } from '../../../lab/steps/start-stores.ts'
import { openStepLog } from '../../../lab/steps/step-log.ts'
import { openWorkshop } from '../../../lab/steps/workshop.ts'
import type { Config } from '../../../model/config.ts'
import type { Service } from '../../../model/system.ts'
import type { Store, StoreServer } from '../../../stores/define.ts'

export type PrepareOptions = {
  root: string
  service: Service
  config: Config
  store: Store
  /** variables that lead to stores which are not the lab's: its migrations and seeds go without them */
  removed: readonly string[]
  supervisor: Supervisor
  signal: AbortSignal
  onNote(note: string): void
}

let copies = 0

/** Variables of stores other than the one that is prepared: nobody's data is reached by them. */
const closedBeside = ({ service, store, removed }: PrepareOptions): Record<string, string> =>
  Object.assign(
    Object.fromEntries(removed.map((name) => [name, ''])),
    ...distinctStores(service.stores)
      .map(storeKey)
      .filter((key) => key !== store.id)
      .map((key) => closeStore(service, key)),
  )

/** Schema and seed as a proof would make them; a store without them is still the lab's, and better than none. */
const fill = async (scene: Scene, options: PrepareOptions): Promise<void> => {
  const { config, onNote } = options
  const { workshop, stores } = scene
  const mode = firstMode(workshop.service, config)
  const { env: found, wirings } = environmentOf(scene, mode, directReaches(stores), new Map())
  const own: Record<string, string> = Object.assign(
    {},
    ...wirings.map(({ wiring }) => wiring.env),
    config.env,
  )
  const closed = closedBeside(options)
  await freeEnvFiles(workshop.copy.root, new Set([...Object.keys(own), ...Object.keys(closed)]))
  const isClosed = (name: string) => name in closed && !(name in own)
  const env = Object.fromEntries(
    Object.entries({ ...closed, ...found }).map(([name, value]) => [
      name,
      isClosed(name) ? (closed[name] ?? '') : value,
    ]),
  )
  const { applied, failed } = await migrate(workshop, config, env, stores.running[0]?.template ?? null)
  if (failed !== null) onNote(`the lab's store has no schema yet: ${failed.message.split('\n')[0]}`)
  const unseeded = applied ? await seed(workshop, config, env) : null
  if (unseeded !== null) onNote(unseeded)
}

/**
 * Starts one store of the service for the commands of a session, migrated and seeded in a copy of the workspace as it
 * is now. A failing migration is told and leaves the store as far as it came.
 * @throws the store's fault where none can be started
 */
export const prepareStore = async (options: PrepareOptions): Promise<StoreServer> => {
  const { root, config, store, supervisor, signal } = options
  copies += 1
  const to = join(supervisor.scratchDir, `lent-${copies}`)
  const service = {
    ...options.service,
    stores: options.service.stores.filter((use) => use.store === store.id),
  }
  const wish = config.stores?.[store.id]
  const { stores: _, ...rest } = config
  const own: Config = { ...rest, ...(wish === undefined ? {} : { stores: { [store.id]: wish } }) }
  const log = openStepLog(() => {})
  const copy = await stageCopy({ root, to, install: false, signal })
  const lent = await lendManager(service.packages, process.env, supervisor.scratchDir)
  const held = await openLabBox(root, config, supervisor)
  const declared = config.outbound ?? []
  const confinement = await openConfinement({ supervisor: held.supervisor, declared })
  try {
    const ours = { service, copy, log, signal, root, lent }
    const workshop = openWorkshop({ supervisor: held.supervisor, confinement, ...ours })
    const stores = await startStores({ ...workshop, supervisor }, [store], own, false)
    const [running] = stores.running
    if (running === undefined) throw new Error(`the service does not use ${store.id}`)
    await fill({ workshop, config: own, stores }, { ...options, config: own }).catch((thrown: unknown) => {
      signal.throwIfAborted()
      const said = thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown)
      options.onNote(`the lab's store has no schema yet: ${said}`)
    })
    await running.server.seal()
    return running.server
  } finally {
    await confinement.close()
    held.close()
  }
}
