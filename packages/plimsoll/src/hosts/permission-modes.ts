import type { Rule } from '../model/agent.ts'
import { type Field, from, wordOf } from './fields.ts'
import { ownKey } from './own-key.ts'

/** A mode of a host: what may be done with which tools. */
export type Modes = Readonly<Record<string, readonly [tools: readonly string[], action: Rule['action']]>>

/**
 * Reads the key that names a mode.
 * @param lifting the mode that lifts everything there, and here does not lift the floor
 */
export const permissionModes =
  (key: string, modes: Modes, lifting: string): Field =>
  (value, place) => {
    const found = ownKey(modes, wordOf(value))
    if (found === undefined) {
      place.warn(`"${key}" is ${JSON.stringify(value)}`, `Write one of: ${Object.keys(modes).join(', ')}.`)
      return {}
    }
    if (value === lifting)
      place.warn(
        `"${lifting}" does not lift the floor`,
        'Nothing to do: secrets, gate files and foreign data stay closed.',
      )
    const [ids, action] = found
    return { permissions: ids.map((tool) => ({ tool, pattern: '*', action, from: from(place) })) }
  }
