import type { Config } from '../../model/config.ts'
import type { Service } from '../../model/system.ts'

/** Names under which servers commonly take their port, when the survey found none. */
const COMMON = ['PORT', 'APP_PORT', 'API_PORT', 'SERVER_PORT', 'HTTP_PORT', 'LISTEN_PORT', 'WEB_PORT']

/**
 * Variables through which the app is told its port, the serving one first.
 * `PORT` is always among them: what nobody reads does no harm.
 */
export const portNames = (service: Service, config: Config): string[] => {
  const found = service.ports.map(({ env }) => env).filter((name) => name !== null)
  const read = service.env.map(({ name }) => name).filter((name) => COMMON.includes(name))
  const guessed = found.length > 0 ? [] : read
  return [
    ...new Set([...(config.port?.env === undefined ? [] : [config.port.env]), ...found, ...guessed, 'PORT']),
  ]
}
