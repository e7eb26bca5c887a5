import { canBeMadeUp, hasCredentials, isPlaceholder, isSecret } from '../../base/text/secret-names.ts'
import type { Config } from '../../model/config.ts'
import type { Service } from '../../model/system.ts'
import type { Wiring } from '../../stores/define.ts'
import { fillTemplate, type Places } from './fill-template.ts'
import { madeUpSecret, needsMadeUp } from './made-up.ts'
import type { Mode } from './mode.ts'
import { closeForeign } from './store-addresses.ts'

export type AppEnvironment = {
  env: Record<string, string>
  /** for the Run: no secret, and nothing that differs between two runs */
  record: Record<string, string>
}

export type EnvironmentOptions = {
  service: Service
  config: Config
  /** see baseEnvironment */
  base: Readonly<Record<string, string>>
  mode: Mode
  wirings: readonly { store: string; wiring: Wiring }[]
  places: Places
  /** variable -> port */
  ports: ReadonlyMap<string, number>
  /** variables of stores that the app is to run without */
  closed: Readonly<Record<string, string>>
}

/** Made-up secrets stay the same between boots: what was signed or hashed before a restart must still hold. */
const SECRET_SEED = 1

const shown = (name: string, value: string) => (isSecret(name) || hasCredentials(value) ? '(secret)' : value)

const ENV_FILE = /(?:^|[./_-])env(?:[._-][\w.-]+)?$/i

/** A deployment's value overrides the code's own default for that deployment only: one of several, often. */
const isForDeployment = ({ default: fallback, exampleFrom }: Service['env'][number]) =>
  fallback !== null && exampleFrom !== undefined && !ENV_FILE.test(exampleFrom)

/** What `.env` and example files say, and disposable secrets where a program would not start without one. */
const fromService = (service: Service, madeUp: boolean) => {
  const given: AppEnvironment = { env: {}, record: {} }
  for (const read of service.env) {
    const { name, example } = read
    const usable = example !== null && !(canBeMadeUp(name) && isPlaceholder(example))
    if (usable && example !== '' && !isForDeployment(read)) {
      given.env[name] = closeForeign(example)
      given.record[name] = shown(name, closeForeign(example))
    } else if (madeUp && needsMadeUp(read)) {
      given.env[name] = madeUpSecret(SECRET_SEED, name)
      given.record[name] = '(disposable)'
    }
  }
  return given
}

const note = (names: readonly string[], text: string) => Object.fromEntries(names.map((name) => [name, text]))

/** Everything the app's environment holds; later sources win: base, examples, ports, stores, the user's `env`. */
export const composeEnvironment = (options: EnvironmentOptions): AppEnvironment => {
  const { service, config, base, mode, wirings, places, ports, closed } = options
  const given = fromService(service, mode.madeUp)
  const modes = mode.nodeEnv === null ? {} : { NODE_ENV: mode.nodeEnv }
  const wired = wirings.map(({ wiring }) => wiring.env)
  const own = Object.fromEntries(
    Object.entries(config.env ?? {}).map(([name, value]) => [name, fillTemplate(name, value, places)]),
  )
  const told = Object.fromEntries([...ports].map(([name, port]) => [name, String(port)]))
  const ownShown = Object.entries(config.env ?? {}).map(([name, value]) => [name, shown(name, value)])
  return {
    env: Object.assign({}, base, modes, given.env, told, closed, ...wired, own),
    record: Object.assign(
      {},
      modes,
      given.record,
      note([...ports.keys()], '(a free port)'),
      closed,
      ...wirings.map(({ store, wiring }) => note(Object.keys(wiring.env), `(the lab's ${store})`)),
      Object.fromEntries(ownShown),
    ),
  }
}
