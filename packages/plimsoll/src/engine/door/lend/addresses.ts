import { addressesIn } from '../../../lab/environment/store-addresses.ts'
import { distinctStores, storeKey } from '../../../lab/environment/store-key.ts'
import { type Part, storeVariables } from '../../../lab/environment/store-variables.ts'
import type { EnvRead, Service } from '../../../model/system.ts'

export type Address = {
  host: string
  port: number /** `.env` */
  from: string /** variable; null: written into the source */
  name: string | null
}

const KEY_PORTS: Readonly<Record<string, number>> = {
  postgres: 5432,
  mysql: 3306,
  mongodb: 27017,
  redis: 6379,
}

/** Host and port in variables of their own: `DB_HOST`, `DB_PORT`. */
const fromParts = (service: Service, key: string): Address[] => {
  const variables = storeVariables(service, key)
  const read = (part: Part) =>
    variables
      .filter((each) => each.part === part)
      .map(({ name }) => service.env.find((each) => each.name === name))
      .find((each) => (each?.example ?? each?.default ?? '') !== '')
  const host = read('host')
  const port = read('port')
  const value = host?.example ?? host?.default ?? ''
  if (host === undefined || value === '' || value.includes('://')) return []
  const number = Number(port?.example ?? port?.default ?? KEY_PORTS[key] ?? 0)
  return [{ host: value, port: number, from: host.exampleFrom ?? 'the code', name: host.name }]
}

/**
 * Every address of a store that the project names itself: in variables, their defaults, and the source.
 * @param variables of all env files: one name may have another value in each
 */
export const foundAddresses = (
  service: Service,
  variables: readonly { name: string; value: string; from: string }[],
): Address[] => {
  const inFiles = variables.flatMap(({ name, value, from }) =>
    addressesIn(value).map((each) => ({ ...each, from, name })),
  )
  const inValues = service.env.flatMap(({ name, example, exampleFrom, default: fallback }: EnvRead) => [
    ...addressesIn(example ?? '').map((each) => ({ ...each, from: exampleFrom ?? 'the environment', name })),
    ...addressesIn(fallback ?? '').map((each) => ({ ...each, from: 'the code', name })),
  ])
  const inParts = distinctStores(service.stores).flatMap((use) => fromParts(service, storeKey(use)))
  const written = service.stores.flatMap(({ hardCoded, place }) =>
    addressesIn(hardCoded ?? '').map((each) => ({ ...each, from: place?.file ?? 'the code', name: null })),
  )
  return [...inFiles, ...inValues, ...inParts, ...written]
}
