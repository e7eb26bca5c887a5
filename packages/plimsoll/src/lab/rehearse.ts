import { type Fault, fault } from '../base/errors/fault.ts'
import { createClock } from '../instruments/clock/clock.ts'
import { createHttp } from '../instruments/http/create-http.ts'
import { type Health, healthRoutes } from '../model/reading/health-routes.ts'
import { type BootOptions, bootApp } from './boot/boot-app.ts'
import { findHealth } from './boot/find-health.ts'
import { choosePorts, learnPort, type PortPlan, planPorts } from './boot/port-plan.ts'
import { type ReadyCheck, readyChecks } from './boot/readiness.ts'
import type { Now, Running } from './boot-on.ts'
import type { Plan } from './command/plan-command.ts'
import { type Mode, modesOf } from './environment/mode.ts'
import { bootFault, readVariables } from './failure/boot-fault.ts'
import { nativeLimits } from './native-clients.ts'
import { directReaches, environmentOf, openReaches, type Scene, type SceneEnvironment } from './scene.ts'
import { needsBuild } from './steps/build-app.ts'
import type { Order } from './steps/workshop.ts'

/** A way to start the app that has worked once, with all that was learnt on the way. */
export type Rehearsed = {
  plan: Plan
  mode: Mode
  ports: PortPlan
  health: Health
  checks: readonly ReadyCheck[]
  readyMs: number
  environment: SceneEnvironment
  limits: string[]
}

const CANDIDATES = 3
const STOP_MS = 5_000
const DEFAULT_READY_SECONDS = 60

const readyTimeoutMs = ({ config }: Scene) => (config.ready?.timeoutSeconds ?? DEFAULT_READY_SECONDS) * 1_000

/** Beside two others, and whatever else a machine has to do, an app takes so much longer than it took alone. */
const SLOWER = 8

/** For boots after the rehearsal, unless the configuration says how long. */
export const laterTimeoutMs = (scene: Scene, { readyMs }: Pick<Rehearsed, 'readyMs'>): number =>
  scene.config.ready?.timeoutSeconds === undefined
    ? Math.max(readyTimeoutMs(scene), readyMs * SLOWER)
    : readyTimeoutMs(scene)

/** Ways to start the app, best first. */
export const ordersOf = ({ config, workshop }: Scene): Order[] => {
  const { service } = workshop
  if (config.start !== undefined) return [{ command: config.start, dir: service.dir }]
  const seen = new Set<string>()
  const different = service.start.filter((order) => {
    const { command, cwd, env } = workshop.plan(order)
    const plan = JSON.stringify([command, cwd, env])
    return !seen.has(plan) && seen.add(plan)
  })
  return different.slice(0, CANDIDATES)
}

type Attempt = { rehearsed: Rehearsed; running: Running } | { failed: Fault; exited: boolean }

/** Ends an app that was rehearsed as an orchestrator would, and then whatever is left of it. */
export const endRehearsal = async ({ boot, options, reaches }: Running): Promise<void> => {
  const { supervised, place } = boot
  supervised.signalOne(options.plan.direct ? supervised.pid : place.pid, 'SIGTERM')
  await supervised.exited(STOP_MS)
  await supervised.kill()
  await Promise.all(reaches.map(({ wire }) => wire?.close()))
}

const attempt = async (scene: Scene, order: Order, mode: Mode): Promise<Attempt> => {
  const { workshop, config, stores } = scene
  const { service, confinement, signal } = workshop
  const { supervisor } = confinement
  const clock = createClock()
  const plan = workshop.plan(order)
  const portPlan = planPorts(service, config)
  const ports = await choosePorts(portPlan)
  const templates = stores.running.map((running) => ({ running, database: running.template }))
  const reaches = await openReaches(scene, templates, clock.nowMs)
  const environment = environmentOf(scene, mode, reaches, ports.env)
  const known = healthRoutes(service.routes, config)
  const timeoutMs = readyTimeoutMs(scene)
  const headers = config.headers ?? {}
  const now: Now = { nowMs: clock.nowMs, sleep: (ms) => clock.sleep(ms, signal) }
  const options: BootOptions = {
    ...{ supervisor, plan, env: environment.env, told: ports.told, headers, timeoutMs, signal },
    ...{ checks: readyChecks(config, known, service.routes), ...now },
  }
  const started = confinement.during('start')
  const boot = await bootApp(options).finally(started)
  const end = async () => {
    await boot.supervised.kill()
    await Promise.all(reaches.map(({ wire }) => wire?.close()))
  }
  try {
    signal.throwIfAborted()
    if (boot.outcome !== 'ready') {
      await end()
      const circumstance = { workshop, command: order.command, env: environment.env, timeoutMs }
      const failed = bootFault(boot, {
        ...circumstance,
        portNames: portPlan.names,
        variables: readVariables(service, environment.env),
      })
      return { failed, exited: boot.outcome === 'exited' }
    }
    const { host, port } = boot.place
    const http = createHttp({ baseUrl: `http://${host}:${port}`, nowMs: clock.nowMs, headers })
    const get = (path: string) => http.request({ method: 'GET', path, timeoutMs: 2_000, signal })
    const health = await findHealth(known, async (path) => (await get(path)).status)
    const learnt = learnPort(portPlan, ports, port)
    const checks = readyChecks(config, health, service.routes)
    return {
      rehearsed: {
        ...{ plan, mode, ports: learnt, health, checks, environment, readyMs: Math.round(boot.readyMs) },
        limits: limitsOf(scene, plan, mode, learnt, environment, confinement.holds(boot.place.pid)),
      },
      running: { boot, options: { ...options, checks }, reaches, ports: ports.env, now },
    }
  } catch (thrown) {
    await end()
    throw thrown
  }
}

const NOT_HELD =
  "nothing holds back the app's own outbound calls: the process that serves runs without the lab's preload, which only Node.js and Python take"

const limitsOf = (
  { workshop: { service } }: Scene,
  plan: Plan,
  mode: Mode,
  ports: PortPlan,
  { wirings, env }: SceneEnvironment,
  held: boolean,
): string[] => {
  const example = service.env.find(({ name }) => name === 'NODE_ENV')?.exampleFrom
  const ran = plan.env.NODE_ENV ?? env.NODE_ENV
  return [
    ...wirings.flatMap(({ wiring }) => (wiring.gap === null ? [] : [wiring.gap])),
    ...(mode.nodeEnv === 'development'
      ? ['the app starts only with NODE_ENV=development; production is not tested']
      : []),
    ...(mode.nodeEnv === null && ran === 'development'
      ? [`NODE_ENV is development, as ${example ?? 'the command'} says: production is not tested`]
      : []),
    ...(mode.madeUp
      ? []
      : ['the app starts only without made-up secrets: what needs one that nothing gives is not tested']),
    ...(ports.fixed === null
      ? []
      : [`the app always listens on port ${ports.fixed}, so labs run one after another`]),
    ...(plan.direct
      ? []
      : [
          "a shell stays between the lab and the app: signals go to the serving process, exit codes are the shell's",
        ]),
    ...(held ? nativeLimits(service) : [NOT_HELD]),
  ]
}

/**
 * Boots the app once on the templates, before they are sealed: what it does to an empty database at its first
 * start is then in every copy, and which way of starting works is known. The app is left running.
 * @param build runs the build step when a way needs it
 * @throws what stopped the best way to start
 */
export const rehearse = async (
  scene: Scene,
  build: (env: Readonly<Record<string, string>>) => Promise<void>,
): Promise<{ rehearsed: Rehearsed; running: Running }> => {
  const { workshop, config } = scene
  const { service, log, signal } = workshop
  const failures: Fault[] = []
  const modes = modesOf(service, config)
  for (const [index, order] of ordersOf(scene).entries()) {
    for (const mode of index === 0 ? modes : modes.slice(0, 1)) {
      signal.throwIfAborted()
      const ready = (result: Attempt) =>
        'rehearsed' in result ? `ready in ${(result.rehearsed.readyMs / 1_000).toFixed(1)} s` : 'failed'
      if (needsBuild(workshop, order, config)) {
        await build(environmentOf(scene, mode, directReaches(scene.stores), new Map()).env)
      }
      const result = await log.step('start', order.command, () => attempt(scene, order, mode), ready)
      if ('rehearsed' in result) return result
      failures.push(result.failed)
      if (!result.exited) throw failures[0] ?? result.failed
    }
  }
  throw failures[0] ?? fault('E_NO_BACKEND', { dir: service.dir, reason: 'nothing was found that starts it' })
}
