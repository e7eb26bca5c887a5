import { join, relative } from 'node:path'
import { isLoopback } from '../../instruments/http/loopback.ts'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import { repositoryOf } from '../../instruments/sandbox/mounts.ts'
import { closeStore } from '../../lab/environment/closed-stores.ts'
import { knownSecrets } from '../../lab/environment/known-secrets.ts'
import { lendStore } from '../../lab/environment/lent-stores.ts'
import { readSecretFiles } from '../../lab/environment/read-secret-files.ts'
import { addressesIn, namesStore } from '../../lab/environment/store-addresses.ts'
import { distinctStores, storeKey } from '../../lab/environment/store-key.ts'
import type { Config } from '../../model/config.ts'
import type { EnvRead, Service } from '../../model/system.ts'
import type { Endpoint, Store, StoreDatabase } from '../../stores/define.ts'
import type { LentEnvironment } from './door.ts'
import { foundAddresses } from './lend/addresses.ts'
import { copyData } from './lend/copy-data.ts'
import { prepareStore } from './lend/prepare-store.ts'
import { type Promised, promiseStore } from './lend/promise-store.ts'
import { coverSecretFile, variablesOf } from './lend/secret-files.ts'

export type LendOptions = {
  /** absolute folder of the workspace, links resolved */
  root: string
  /** null where none was recognised: then only env files are read, and no store is lent */
  service: Service | null
  config: Config
  stores: readonly Store[]
  signal: AbortSignal
  /** a sentence about what could not be prepared */
  onNote?(note: string): void
}

export type Lent = LentEnvironment & {
  /** databases of the lab that commands work on, by store id; started at the first need */
  databases: ReadonlyMap<
    string,
    { endpoint: Endpoint; isStarted(): boolean; database(): Promise<StoreDatabase> }
  >
  close(): Promise<void>
}

const nothing: Service = {
  name: '',
  dir: '.',
  language: 'unknown',
  framework: null,
  typescript: false,
  runtime: { name: 'unknown', wanted: null },
  packages: { manager: null, lockfile: null, install: null, installed: true },
  entry: null,
  build: null,
  start: [],
  test: null,
  scripts: {},
  ports: [],
  env: [],
  stores: [],
  migrations: [],
  seeds: [],
  routes: [],
  unresolved: [],
}

/** The survey knows the variables that the code reads; files may name more, which other tools read. */
const withVariables = (
  service: Service,
  variables: readonly { name: string; value: string; from: string }[],
): Service => {
  const env = new Map<string, EnvRead>(service.env.map((read) => [read.name, read]))
  for (const { name, value, from } of variables) {
    const read = env.get(name) ?? { name, default: null, example: null, place: null }
    env.set(name, { ...read, example: value, exampleFrom: from })
  }
  return { ...service, env: [...env.values()] }
}

type Parts = { env: Record<string, string>; reachable: { host: string; port: number }[] }

/** A store that has no member here, or that the user gives or forbids: closed, or lent where it is on this machine. */
const withoutMember = (service: Service, key: string, config: Config): Parts => {
  const url = config.stores?.[key]?.url ?? ''
  const [address] = addressesIn(url)
  const host = address?.host.replace(/^\[|\]$/g, '') ?? ''
  if (address === undefined || !isLoopback(host)) return { env: closeStore(service, key), reachable: [] }
  return { env: lendStore(service, key, url), reachable: [{ host, port: address.port }] }
}

/**
 * Variables of the project with the lab's stores in place of its own, for a shell:
 * `const lent = await lendEnvironment({ root, service, config, stores, signal })`, then `openShell({ root, lent, … })`,
 * `redactOutput(text, lent.secrets)`, and `lent.close()` at the end. A store is only started, migrated and seeded once
 * a command connects to it; its address and login are true from the beginning.
 *
 * What decides is where a value leads, not how it is called: every variable that holds an address of a store, or parts
 * of one, is replaced by the lab's or emptied, in the environment and in the env files that commands see.
 */
export const lendEnvironment = async (options: LendOptions): Promise<Lent> => {
  const { root, config, stores, signal, onNote = () => {} } = options
  const top = repositoryOf(root)
  const files = await readSecretFiles(top)
  const inside = (path: string) => relative(root, join(top, path))
  const variables = variablesOf(files).map((each) => ({ ...each, from: inside(each.from) }))
  const own = variables.filter(({ from }) => !from.startsWith('..'))
  const service = withVariables(options.service ?? nothing, own)
  const supervisor = await openSupervisor()
  const promised = new Map<string, Promised>()
  const env: Record<string, string> = {}
  const reachable: { host: string; port: number }[] = []
  for (const use of distinctStores(service.stores)) {
    const key = storeKey(use)
    const store = stores.find(({ id }) => id === key)
    if (store?.protocol === null) {
      Object.assign(env, store.wire(null, service.env).env)
      continue
    }
    if (
      store === undefined ||
      config.stores?.[key]?.use === false ||
      config.stores?.[key]?.url !== undefined
    ) {
      const parts = withoutMember(service, key, config)
      Object.assign(env, parts.env)
      reachable.push(...parts.reachable)
      continue
    }
    const promise = await promiseStore(async (login) => {
      const asked = { root, service, config, store, removed, supervisor, signal, onNote }
      const server = await prepareStore(asked).catch((thrown: unknown) => {
        onNote(
          `the lab's ${store.name} did not start: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
        )
        throw thrown
      })
      return server.lend === undefined ? server.copy() : server.lend(login)
    })
    promised.set(key, promise)
    Object.assign(env, store.wire(promise.endpoint, service.env).env)
    reachable.push({ host: promise.endpoint.host, port: promise.endpoint.port })
  }
  const removed = service.env
    .filter(
      ({ name, example, default: fallback }) =>
        env[name] === undefined && [example, fallback].some((value) => namesStore(value ?? '')),
    )
    .map(({ name }) => name)
  const emptied = Object.fromEntries(removed.map((name) => [name, '']))
  const foreign = foundAddresses(service, own)
    .filter(({ port }) => !reachable.some((each) => each.port === port))
    .map(({ host, port, from }) => ({ address: `${host}:${port}`, from }))
  return {
    env,
    removed,
    reachable,
    foreign: foreign.filter(
      ({ address }, index) => foreign.findIndex((each) => each.address === address) === index,
    ),
    files: files.map((file) => ({
      path: join(top, file.path),
      text: coverSecretFile(file, { ...emptied, ...env }),
    })),
    secrets: knownSecrets([
      ...Object.entries(process.env).map(([name, value]) => [name, value ?? ''] as const),
      ...variables.map(({ name, value }) => [name, value] as const),
    ]),
    data: await copyData(root, stores, join(supervisor.scratchDir, 'data')),
    databases: promised,
    close: async () => {
      for (const promise of promised.values()) await promise.close()
      await supervisor.close()
    },
  }
}
