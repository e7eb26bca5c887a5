import { canBeMadeUp, isPlaceholder } from '../../base/text/secret-names.ts'
import type { Config } from '../../model/config.ts'
import type { Service } from '../../model/system.ts'
import type { Store } from '../../stores/define.ts'
import { portNames } from './port-names.ts'

const NOWHERE = { host: '127.0.0.1', port: 1, user: '', password: '', database: '' }

/** Variables that the stores' wiring gives a value. */
const wiredBy = (service: Service, members: readonly Store[]): string[] =>
  members
    .filter(({ id }) => service.stores.some(({ store }) => store === id))
    .flatMap((store) => Object.keys(store.wire(store.protocol === null ? null : NOWHERE, service.env).env))

/**
 * Variables without any value: `missing` are those the app says it needs, `madeUp` get a disposable secret.
 * Whether an app really starts without the others only a boot can tell.
 */
export const missingVariables = (
  service: Service,
  members: readonly Store[],
  config: Config,
): { missing: string[]; madeUp: string[] } => {
  const given = new Set([
    ...wiredBy(service, members),
    ...Object.keys(config.env ?? {}),
    ...portNames(service, config),
    'NODE_ENV',
  ])
  const open = service.env.filter(({ name, default: fallback, example }) => {
    const placeholder = example !== null && canBeMadeUp(name) && isPlaceholder(example)
    return !given.has(name) && fallback === null && (example === null || placeholder)
  })
  return {
    missing: open
      .filter(({ name, required }) => required === true && !canBeMadeUp(name))
      .map(({ name }) => name),
    madeUp: open.filter(({ name }) => canBeMadeUp(name)).map(({ name }) => name),
  }
}
