import { fault } from '../base/errors/fault.ts'
import type { Service, StoreUse } from '../model/system.ts'
import { firstMode } from './environment/mode.ts'
import { directReaches, environmentOf, type Scene } from './scene.ts'

const inMemory = (use: StoreUse) => use.hardCoded?.includes(':memory:') === true

/** A file below the app's own folder is in the copy; an absolute one is the user's. */
const leavesTheCopy = (address: string) => /^(?:[a-z+]+:\/\/\/\/|file:\/\/\/|\/)/i.test(address)

/** true when all that a service keeps ends with its process, as its own source says */
export const keepsInMemory = ({ stores }: Pick<Service, 'stores'>): boolean =>
  stores.length > 0 && stores.every(inMemory)

/** Only the running app knows the database, so nothing else can prepare it. */
export const livesInMemory = ({ workshop: { service } }: Scene): boolean => keepsInMemory(service)

/**
 * An address in the source that no variable overrides would take the app past the lab to somebody's data.
 * @throws E_STORE_HARD_CODED
 */
export const refuseWrittenAddresses = (scene: Scene): void => {
  const { wirings } = environmentOf(
    scene,
    firstMode(scene.workshop.service, scene.config),
    directReaches(scene.stores),
    new Map(),
  )
  for (const { store, hardCoded, place } of scene.workshop.service.stores) {
    if (hardCoded === null) continue
    const wiring = wirings.find((each) => each.store === store)?.wiring
    const running = scene.stores.running.find((each) => each.store.id === store)
    const named = Object.values(scene.config.env ?? {}).some((value) => value.includes(`{{${store}.`))
    const isFile = running?.template.endpoint === null
    if (running === undefined || named || (wiring?.by.length ?? 0) > 0) continue
    if (isFile && !leavesTheCopy(hardCoded)) continue
    const where = place === null ? 'the source' : `${place.file}:${place.line}`
    throw fault('E_STORE_HARD_CODED', { store, address: hardCoded, place: where })
  }
}

/** What written addresses leave unproven where the lab goes on in spite of them. */
export const writtenLimits = ({ workshop: { service }, stores }: Scene): string[] =>
  service.stores.flatMap((use) => {
    const running = stores.running.find(({ store }) => store.id === use.store)
    if (running?.template.endpoint === null && !inMemory(use))
      return [
        `${use.store} is a file, copied for each lab: nothing crosses a wire, so its faults and statements are not tested`,
      ]
    if (use.hardCoded === null) return []
    if (inMemory(use))
      return [
        `${use.store} is kept in memory: what a restart loses is not a finding, and nothing crosses a wire`,
      ]
    return [
      `an address of ${use.store} is also written into ${use.place?.file ?? 'the source'}: what goes there is not seen`,
    ]
  })
