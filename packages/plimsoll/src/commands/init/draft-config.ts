import { portNames } from '../../lab/environment/port-names.ts'
import type { Config } from '../../model/config.ts'
import { healthRoutes } from '../../model/reading/health-routes.ts'
import type { FoundCommand, Service } from '../../model/system.ts'

export const SCHEMA = 'https://plimsoll.dev/schema/config-1.json'

/** A configured command runs in the service's folder: one found elsewhere cannot be written as it is. */
const inPlace = (found: FoundCommand | null | undefined, { dir }: Service) =>
  found?.dir === dir ? found.command : undefined

const portOf = (service: Service): Config['port'] => {
  const told = service.ports.some(({ env }) => env !== null)
  const fixed = service.ports.find(({ port }) => port > 0)?.port
  return told || fixed === undefined ? { env: portNames(service, {})[0] ?? 'PORT' } : { fixed }
}

const healthOf = (service: Service): Config['health'] => {
  const { ready, live } = healthRoutes(service.routes, {})
  if (ready === null && live === null) return undefined
  return { ...(ready !== null && { ready }), ...(live !== null && { live }) }
}

const only = <T>(items: readonly T[]) => (items.length === 1 ? items[0] : undefined)

/**
 * A configuration that says what the lab would do anyway: every key is one that was found, so that a wrong one can
 * be mended in its place.
 * @param missing variables that the app needs and nobody gave a value
 * @param severalServices the folder holds others, so that this one has to be named
 */
export const draftConfig = (
  service: Service,
  missing: readonly string[],
  severalServices: boolean,
): Config => {
  const applied = service.migrations.filter(({ atStart }) => atStart !== true)
  const draft: Config = {
    $schema: SCHEMA,
    service: severalServices ? service.name : undefined,
    build: service.typescript ? inPlace(service.build, service) : undefined,
    migrate: inPlace(only(applied)?.apply, service),
    seed: inPlace(only(service.seeds), service),
    start: inPlace(service.start[0], service),
    port: portOf(service),
    env: missing.length === 0 ? undefined : Object.fromEntries(missing.map((name) => [name, ''])),
    health: healthOf(service),
  }
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined))
}
