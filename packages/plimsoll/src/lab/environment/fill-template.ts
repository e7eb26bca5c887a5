import { fault } from '../../base/errors/fault.ts'
import type { Endpoint } from '../../stores/define.ts'

export const urlOf = (scheme: string, { host, port, user, password, database }: Endpoint) =>
  `${scheme}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${database}`

export type Places = ReadonlyMap<string, { scheme: string; endpoint: Endpoint }>

/**
 * Fills `{{postgres.host}}`, `.port`, `.user`, `.password`, `.database` and `.url` in a value of `env`.
 * @throws E_CONFIG_INVALID for a store or a part that does not exist
 */
export const fillTemplate = (name: string, value: string, places: Places): string =>
  value.replace(/\{\{\s*([\w-]+)\.(\w+)\s*\}\}/g, (whole, store: string, part: string) => {
    const place = places.get(store)
    const parts: Record<string, string> =
      place === undefined
        ? {}
        : {
            ...Object.fromEntries(Object.entries(place.endpoint).map(([key, each]) => [key, String(each)])),
            url: urlOf(place.scheme, place.endpoint),
          }
    const filled = parts[part]
    if (filled !== undefined) return filled
    const known = [...places.keys()].join(', ') || 'none'
    const problem = `env.${name}: ${whole} names nothing the lab has (stores here: ${known}; parts: host, port, user, password, database, url)`
    throw fault('E_CONFIG_INVALID', { file: 'plimsoll.config', problem })
  })
