import type { Service } from '../../model/system.ts'
import { type Part, storeVariables } from './store-variables.ts'

/** Variables through which the app finds a store that the user lends by URL. */
export const lendStore = (service: Service, key: string, url: string): Record<string, string> => {
  const { hostname, port, username, password, pathname } = new URL(url)
  const values: Record<Part, string> = {
    url,
    host: hostname,
    port,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1),
  }
  return Object.fromEntries(storeVariables(service, key).map(({ name, part }) => [name, values[part]]))
}
