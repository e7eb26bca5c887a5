import { resolve } from 'node:path'
import { createRandom } from '../base/random/random.ts'
import { createClock } from '../instruments/clock/clock.ts'
import { openGauge } from '../instruments/gauge/open-gauge.ts'
import { createHttp } from '../instruments/http/create-http.ts'
import { createLoadGenerator } from '../instruments/load/create-load-generator.ts'
import type { LoadGenerator } from '../instruments/load/load.ts'
import type { LoadWishes } from '../model/config.ts'
import { bootOn, type Now, type Running, takeOver } from './boot-on.ts'
import { type OpenedCanary, openCanary } from './canary/open-canary.ts'
import type { Http, KnownRequest, Lab, LabStore } from './lab.ts'
import { createRouteMatcher } from './load/match-route.ts'
import type { Rehearsed } from './rehearse.ts'
import { openReaches, pastWires, type Reach, type Reachable, type Scene } from './scene.ts'
import type { RunningStore } from './steps/start-stores.ts'
import { storeRoots } from './store-roots.ts'

export type LabOptions = {
  seed: number
  known: readonly KnownRequest[]
  signal: AbortSignal
  /**
   * on the templates themselves, before they are sealed: what happens here is in every later copy; `running`: the app
   * that is there already
   */
  onTemplate?: { running?: Running }
  /** each store in a server that only this lab uses, where one can be had */
  ownStores?: boolean
}

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
  ...(store.shape !== undefined && { shape: store.shape }),
  ...(own && { server: own }),
})

/** The access log stands in the repo itself, which may leave it out of the copy. */
const wishesOf = ({ workshop, config }: Scene): LoadWishes => {
  const { accessLog, ...wishes } = config.load ?? {}
  return accessLog === undefined ? wishes : { ...wishes, accessLog: resolve(workshop.root, accessLog) }
}

/** Tells the confinement which operation is asked for, and the answer what the app was refused meanwhile. */
const noting = (http: Http, { service, confinement }: Scene['workshop']): Http => {
  const match = createRouteMatcher(service.routes)
  return {
    ...http,
    request: async (options) => {
      const { method, path } = options
      const done = confinement.during(match(method, path) ?? `${method} ${path.split('?')[0]}`)
      const exchange = await http.request(options)
      const heldBack = done()
      return heldBack.length === 0 ? exchange : { ...exchange, heldBack }
    },
  }
}

/** Copies the sealed templates, puts wires before them, and boots the app on them. */
export const openLab = async (scene: Scene, rehearsed: Rehearsed, options: LabOptions): Promise<Lab> => {
  const { workshop, config } = scene
  const clock = createClock()
  const signal = AbortSignal.any([options.signal, workshop.signal])
  const { onTemplate } = options
  const running = onTemplate?.running
  const now: Now = running?.now ?? { nowMs: clock.nowMs, sleep: (ms) => clock.sleep(ms, signal) }
  const reaches =
    running?.reaches ??
    (await openReaches(
      scene,
      onTemplate === undefined ? await copyStores(scene, options.ownStores === true) : templatesOf(scene),
      now.nowMs,
    ))
  const closeStores = async () => {
    await Promise.allSettled(reaches.map(({ wire }) => wire?.close()))
    if (onTemplate !== undefined) return
    await Promise.allSettled(reaches.map(leave))
  }
  const { place, target, moveTo } =
    running === undefined
      ? await bootOn(scene, rehearsed, reaches, now, signal).catch(async (thrown: unknown) => {
          await closeStores()
          throw thrown
        })
      : takeOver(scene, rehearsed, running)
  const stores = await Promise.all(reaches.map(storeOf))
  const wired = stores.flatMap((store) => (store.wire === null ? [] : [{ ...store, wire: store.wire }]))
  let directed: Promise<void> | null = null
  let closed: Promise<void> | null = null
  let generator: LoadGenerator | null = null
  let canary: Promise<OpenedCanary> | null = null
  const close = async () => {
    await generator?.close()
    await target.stop()
    await canary?.then((opened) => opened.close()).catch(() => undefined)
    await closeStores()
  }
  const lab: Lab = {
    service: workshop.service,
    target,
    http: noting(
      createHttp({
        baseUrl: `http://${place.host}:${place.port}`,
        nowMs: now.nowMs,
        headers: config.headers ?? {},
      }),
      workshop,
    ),
    stores,
    store: wired[0] ?? null,
    known: options.known,
    accounts: [],
    origin: () => null,
    health: rehearsed.health,
    wishes: wishesOf(scene),
    gauge: openGauge({ app: target.roots, stores: () => storeRoots(reaches) }),
    load: () => {
      generator ??= createLoadGenerator({ nowMs: now.nowMs })
      return generator
    },
    canary: () => {
      canary ??= openCanary(workshop.supervisor.scratchDir, now.nowMs)
      return canary
    },
    direct: async () => {
      if (wired.length === 0) return
      directed ??= moveTo(pastWires(reaches)).then(() => lab.renew?.())
      await directed
    },
    // What the rehearsal made unique is in every copy: a stream of its own keeps later values from meeting it.
    random: createRandom(options.seed).fork(onTemplate === undefined ? 'lab' : 'template'),
    ...now,
    close: () => {
      closed ??= close()
      return closed
    },
  }
  return lab
}
