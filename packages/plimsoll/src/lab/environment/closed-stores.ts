import type { Service } from '../../model/system.ts'
import { type Part, storeVariables } from './store-variables.ts'

/** Nothing listens on port 1, so that a client is refused at once and reaches nobody's data. */
const CLOSED: Readonly<Partial<Record<Part, string>>> = { url: '', host: '127.0.0.1', port: '1' }

/**
 * Variables of a store that the user said the app runs without: emptied or pointed at a closed port, because a
 * value from `.env` could lead to a real one.
 */
export const closeStore = (service: Service, key: string): Record<string, string> =>
  Object.fromEntries(
    storeVariables(service, key).flatMap(({ name, part }) => {
      const value = CLOSED[part]
      return value === undefined ? [] : [[name, value]]
    }),
  )
