import { createRandom } from '../base/random/random.ts'
import { createClock } from '../instruments/clock/clock.ts'
import { createHttp } from '../instruments/http/create-http.ts'
import { bootApp } from './boot/boot-app.ts'
import { choosePorts } from './boot/port-plan.ts'
import { createTarget } from './boot/target.ts'
import { bootFault, readVariables } from './failure/boot-fault.ts'
import type { KnownRequest, Lab, LabStore } from './lab.ts'
import { type Rehearsed, readyTimeoutMs } from './rehearse.ts'
import { environmentOf, openReaches, type Reach, type Reachable, type Scene } from './scene.ts'
import type { RunningStore } from './steps/start-stores.ts'

export type LabOptions = {
  seed: number
  known: readonly KnownRequest[]
  signal: AbortSignal
  /** on the templates themselves, before they are sealed: what happens here is in every later copy */
  onTemplate?: boolean
  /** each store in a server that only this lab uses, where one can be had */
  ownStores?: boolean
}

/** A port chosen as free may be taken before the app binds it: then another one is tried. */
const BOOT_TRIES = 2

const copyStore = async (running: RunningStore, own: boolean): Promise<Reachable> => {
  const server = own ? await running.server.fork?.() : undefined
  if (server === undefined) return { running, database: await running.server.copy() }
  return { running, database: server.database, own: server }
}

const leave = async ({ database, own }: Reachable) => (own === undefined ? database.drop() : own.stop())

const copyStores = async ({ stores, workshop }: Scene, own: boolean): Promise<Reachable[]> => {
  workshop.signal.throwIfAborted()
  const copies: Reachable[] = []
  try {
    for (const running of stores.running) copies.push(await copyStore(running, own))
    return copies
  } catch (thrown) {
    await Promise.allSettled(copies.map(leave))
    throw thrown
  }
}

const templatesOf = ({ stores }: Scene): Reachable[] =>
  stores.running.map((running) => ({ running, database: running.template }))

const storeOf = async ({ running: { store }, database, wire, own }: Reach): Promise<LabStore> => ({
  id: store.id,
  wire,
  database,
  digest: () => database.digest(),
  facts: store.reader === undefined ? null : await store.reader(),
  ...(own && { server: own }),
})

const boot = async (
  scene: Scene,
  rehearsed: Rehearsed,
  reaches: readonly Reach[],
  now: Now,
  signal: AbortSignal,
) => {
  const { workshop, config } = scene
  const { plan, mode, checks } = rehearsed
  const timeoutMs = readyTimeoutMs(scene)
  for (let tries = 1; ; tries += 1) {
    const ports = await choosePorts(rehearsed.ports)
    const { env } = environmentOf(scene, mode, reaches, ports.env)
    const headers = config.headers ?? {}
    const options = {
      ...{ supervisor: workshop.supervisor, plan, env, told: ports.told, checks, headers },
      ...{ timeoutMs, nowMs: now.nowMs, sleep: now.sleep, signal },
    }
    const booted = await bootApp(options)
    if (booted.outcome === 'ready') return { booted, target: createTarget(booted, options) }
    await booted.supervised.kill()
    signal.throwIfAborted()
    const failed = bootFault(booted, {
      workshop,
      command: plan.shown,
      env,
      timeoutMs,
      portNames: rehearsed.ports.names,
      variables: readVariables(workshop.service, env),
    })
    if (failed.code !== 'E_PORT_TAKEN' || rehearsed.ports.fixed !== null || tries === BOOT_TRIES) throw failed
  }
}

type Now = { nowMs(): number; sleep(ms: number): Promise<void> }

/** Copies the sealed templates, puts wires before them, and boots the app on them. */
export const openLab = async (scene: Scene, rehearsed: Rehearsed, options: LabOptions): Promise<Lab> => {
  const { workshop, config } = scene
  const clock = createClock()
  const signal = AbortSignal.any([options.signal, workshop.signal])
  const now: Now = { nowMs: clock.nowMs, sleep: (ms) => clock.sleep(ms, signal) }
  const databases =
    options.onTemplate === true ? templatesOf(scene) : await copyStores(scene, options.ownStores === true)
  const reaches = await openReaches(databases, now.nowMs)
  const closeStores = async () => {
    await Promise.allSettled(reaches.map(({ wire }) => wire?.close()))
    if (options.onTemplate === true) return
    await Promise.allSettled(reaches.map(leave))
  }
  const { booted, target } = await boot(scene, rehearsed, reaches, now, signal).catch(
    async (thrown: unknown) => {
      await closeStores()
      throw thrown
    },
  )
  const stores = await Promise.all(reaches.map(storeOf))
  const wired = stores.flatMap((store) => (store.wire === null ? [] : [{ ...store, wire: store.wire }]))
  let closed: Promise<void> | null = null
  const close = async () => {
    await target.stop()
    await closeStores()
  }
  return {
    service: workshop.service,
    target,
    http: createHttp({
      baseUrl: `http://${booted.place.host}:${booted.place.port}`,
      nowMs: now.nowMs,
      headers: config.headers ?? {},
    }),
    stores,
    store: wired[0] ?? null,
    known: options.known,
    accounts: [],
    origin: () => null,
    health: rehearsed.health,
    // What the rehearsal made unique is in every copy: a stream of its own keeps later values from meeting it.
    random: createRandom(options.seed).fork(options.onTemplate === true ? 'template' : 'lab'),
    ...now,
    close: () => {
      closed ??= close()
      return closed
    },
  }
}
