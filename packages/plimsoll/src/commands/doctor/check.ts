import { accepts } from '../../instruments/http/accepts.ts'
import { isLoopback } from '../../instruments/http/loopback.ts'
import { fixedPortOf, planPorts } from '../../lab/boot/port-plan.ts'
import { asRunnable } from '../../lab/command/package-manager.ts'
import { missingVariables } from '../../lab/environment/missing-variables.ts'
import { distinctStores, storeKey, storeName } from '../../lab/environment/store-key.ts'
import type { Config } from '../../model/config.ts'
import type { Service, StoreUse } from '../../model/system.ts'
import type { Store } from '../../stores/define.ts'
import { satisfies } from './satisfies.ts'

/** One line of the diagnosis. `note`: worth knowing, stops nothing. */
export type Check = {
  about: string
  state: 'good' | 'bad' | 'note'
  found: string
  /** how to mend it; absent when there is nothing to mend */
  mend?: string
}

export const checkRuntime = ({ runtime }: Service): Check => {
  const about = 'runtime'
  if (runtime.name !== 'node')
    return { about, state: 'good', found: `${runtime.name} ${runtime.wanted ?? ''}`.trim() }
  const wanted = runtime.wanted
  if (wanted === null) return { about, state: 'good', found: `node ${process.version}` }
  const fits = satisfies(process.version, wanted)
  const found = `node ${process.version}, the repo wants ${wanted}`
  if (fits !== false) return { about, state: fits ? 'good' : 'note', found }
  return {
    about,
    state: 'note',
    found,
    mend: `It may still start; if not, run plimsoll with Node ${wanted}.`,
  }
}

export const checkPackages = ({ packages, dir }: Service, config: Config): Check => {
  const about = 'dependencies'
  if (packages.installed)
    return { about, state: 'good', found: `installed (${packages.manager ?? 'no manager'})` }
  const command = config.install ?? packages.install?.command
  const where = dir === '.' ? '' : ` in ${dir}`
  const runnable = command === undefined ? null : asRunnable(command, packages, process.env.PATH ?? '')
  const run = runnable === null ? 'Install them' : `Run "${runnable}"${where}`
  const mend = `${run}, or let the lab do it in its own copy: plimsoll prove --install`
  return { about, state: 'bad', found: 'not installed', mend }
}

export const checkStart = ({ start, build, typescript }: Service, config: Config): Check => {
  const about = 'start'
  const command = config.start ?? start[0]?.command
  if (command === undefined) {
    return {
      about,
      state: 'bad',
      found: 'nothing was found',
      mend: 'Set "start": "…" in plimsoll.config.json.',
    }
  }
  const builds = config.build !== undefined ? config.build : typescript ? build?.command : undefined
  return { about, state: 'good', found: typeof builds === 'string' ? `${command}, after ${builds}` : command }
}

const checkUnsupported = (use: StoreUse, config: Config): Check => {
  const key = storeKey(use)
  const name = storeName(use)
  const about = 'store'
  const said = config.stores?.[key]
  if (said?.use === false) return { about, state: 'good', found: `${name}, left out by the configuration` }
  if (said?.url !== undefined && URL.canParse(said.url) && isLoopback(new URL(said.url).hostname)) {
    return { about, state: 'note', found: `${name}, lent by the configuration: its faults are not tested` }
  }
  const mend = `Set "stores": { "${key}": { "use": false } } in plimsoll.config.json if the app runs without it, or { "url": "…" } to lend a disposable one on this machine.`
  return { about, state: 'bad', found: `${name}, which the lab cannot start yet`, mend }
}

const checkStore = async (store: Store, config: Config): Promise<Check> => {
  const about = 'store'
  const said = config.stores?.[store.id]
  if (said?.use === false)
    return { about, state: 'good', found: `${store.name}, left out by the configuration` }
  if (said?.url !== undefined)
    return { about, state: 'good', found: `${store.name}, lent by the configuration` }
  const { available, how, install } = await store.probe()
  if (available) return { about, state: 'good', found: `${store.name}: ${how}` }
  return { about, state: 'bad', found: `${store.name}: ${how}`, mend: install }
}

export const checkStores = async (
  { stores: uses }: Service,
  members: readonly Store[],
  config: Config,
): Promise<Check[]> => {
  if (uses.length === 0)
    return [{ about: 'store', state: 'note', found: 'none: the app is proved without one' }]
  return Promise.all(
    distinctStores(uses).map((use) => {
      const member = members.find(({ id }) => id === storeKey(use))
      return member === undefined ? checkUnsupported(use, config) : checkStore(member, config)
    }),
  )
}

export const checkPort = async (service: Service, config: Config): Promise<Check> => {
  const about = 'port'
  const fixed = fixedPortOf(service, config)
  if (fixed === null) return { about, state: 'good', found: planPorts(service, config).names.join(', ') }
  const taken = await accepts('127.0.0.1', fixed, 1_000)
  if (!taken)
    return { about, state: 'note', found: `${fixed}, written into the app: labs run one after another` }
  const mend =
    'Stop the process that holds it, or let the app read it: "port": { "env": "NAME" } in plimsoll.config.json.'
  return { about, state: 'bad', found: `${fixed} is written into the app and held by another process`, mend }
}

/** Variables the app says it needs and for which the lab has neither an example, nor a store, nor a made-up secret. */
export const checkEnvironment = (service: Service, members: readonly Store[], config: Config): Check => {
  const about = 'environment'
  const { missing, madeUp } = missingVariables(service, members, config)
  const known = `${service.env.length} variables read`
  const found = madeUp.length === 0 ? known : `${known}; made up for the lab: ${madeUp.join(', ')}`
  if (missing.length === 0) return { about, state: 'good', found }
  const pairs = missing.map((name) => `"${name}": "…"`).join(', ')
  const mend = `Set "env": { ${pairs} } in plimsoll.config.json.`
  return { about, state: 'bad', found: `needed and not known: ${missing.join(', ')}`, mend }
}

/** An address in the source takes the app past the lab; said before anything starts. */
export const checkAddresses = ({ stores }: Service): Check[] =>
  stores.flatMap(({ store, hardCoded, place }) =>
    hardCoded === null || hardCoded.includes(':memory:')
      ? []
      : [
          {
            about: 'address',
            state: 'note' as const,
            found: `${store} at ${hardCoded} is written into ${place?.file ?? 'the source'}${place === null ? '' : `:${place.line}`}`,
            mend: `Let the code read it from a variable, and set "env": { "NAME": "{{${store}.url}}" } if plimsoll does not see which.`,
          },
        ],
  )

export const checkMigrations = ({ migrations }: Service, config: Config): Check[] => {
  const about = 'migrations'
  if (config.migrate === false) return [{ about, state: 'good', found: 'left out by the configuration' }]
  if (config.migrate !== undefined) return [{ about, state: 'good', found: config.migrate }]
  return migrations.map(({ tool, files, apply, dir, atStart }) => {
    const how =
      atStart === true ? 'the app applies them when it starts' : (apply?.command ?? `files of ${dir ?? '.'}`)
    return { about, state: 'good', found: `${tool}, ${files} files: ${how}` }
  })
}
