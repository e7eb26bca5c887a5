import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openConfinement } from '../instruments/confine/open-confinement.ts'
import type { Supervisor } from '../instruments/process/process.ts'
import type { Config } from '../model/config.ts'
import type { LabRecord } from '../model/run.ts'
import type { Service, System } from '../model/system.ts'
import type { Store } from '../stores/define.ts'
import type { Running } from './boot-on.ts'
import { type Held, openLabBox } from './box/open-lab-box.ts'
import { lendManager } from './command/package-manager.ts'
import { freeEnvFiles } from './copy/free-env-files.ts'
import { stageCopy } from './copy/stage-copy.ts'
import { firstMode } from './environment/mode.ts'
import { portNames } from './environment/port-names.ts'
import type { Lab } from './lab.ts'
import { type LabOptions, openLab } from './open-lab.ts'
import { endRehearsal, ordersOf, type Rehearsed, rehearse } from './rehearse.ts'
import { directReaches, environmentOf, type Scene } from './scene.ts'
import { builder, needsBuild } from './steps/build-app.ts'
import { installPackages } from './steps/install-packages.ts'
import { type Migrated, migrate } from './steps/migrate.ts'
import { seed, seedOf } from './steps/seed.ts'
import { startStores } from './steps/start-stores.ts'
import { openStepLog, type StepEvent } from './steps/step-log.ts'
import { openWorkshop, type Workshop } from './steps/workshop.ts'
import { livesInMemory, refuseWrittenAddresses, writtenLimits } from './written-addresses.ts'

export type { StepEvent }

export type StageOptions = {
  /** absolute folder of the repo; never written */
  root: string
  service: Service
  system: System
  config: Config
  stores: readonly Store[]
  /** install dependencies in the copy */
  install: boolean
  /** real fsync in the stores, for durability experiments only */
  durable?: boolean
  supervisor: Supervisor
  onStep?(step: StepEvent): void
  onStepStart?(step: string, command: string): void
  /** told before anything of the repo runs: every address outside the lab that was asked for so far */
  onConfined?(outbound: () => LabRecord['outbound']): void
  /** called with the app on the template databases, before they are sealed: what it leaves is in every lab */
  rehearse?(lab: Lab): Promise<void>
  signal: AbortSignal
}

/** The repo, copied, built, migrated, seeded and booted once; every lab starts from here. */
export type Stage = {
  /** starts what is the repo's, held as the app is */
  supervisor: Supervisor
  record: Omit<LabRecord, 'reach' | 'outbound'>
  open(options: LabOptions): Promise<Lab>
  /** several labs may be open at once */
  concurrent: boolean
  close(): Promise<void>
}

/** The template is the same in every proof, whatever seed the experiments get. */
const TEMPLATE_SEED = 1

let stages = 0

/** Variables whose value is the lab's, not a file's. */
const decidedNames = (scene: Scene): ReadonlySet<string> => {
  const { workshop, config, stores } = scene
  const wirings = directReaches(stores).map(({ running: { store }, endpoint }) =>
    store.wire(endpoint, workshop.service.env),
  )
  return new Set([
    ...wirings.flatMap(({ env }) => Object.keys(env)),
    ...Object.keys(stores.env),
    ...Object.keys(config.env ?? {}),
    ...portNames(workshop.service, config),
  ])
}

const countTables = async ({ stores }: Scene) => {
  let tables = 0
  for (const { template } of stores.running) {
    const digest = await template.digest().catch(() => null)
    tables += Object.keys(digest?.counts ?? {}).length
  }
  return tables
}

type Prepared = {
  rehearsed: Rehearsed
  limits: string[]
  /** the rehearsed app, still running; null where something came after it */
  running: Running | null
}

/** Migrates, seeds, rehearses. A seed follows the rehearsal when only the app itself makes the schema. */
const prepare = async (scene: Scene): Promise<Prepared> => {
  const { workshop, stores } = scene
  const config = livesInMemory(scene)
    ? { migrate: false as const, seed: false as const, ...scene.config }
    : scene.config
  const mode = firstMode(workshop.service, config)
  const stepEnv = environmentOf(scene, mode, directReaches(stores), new Map()).env
  const build = builder(workshop, config)
  const sql = stores.running.find(({ store }) => store.protocol !== null) ?? stores.running[0]
  const [first] = ordersOf(scene)
  if (first !== undefined && needsBuild(workshop, first, config)) await build(stepEnv)
  const migrated = await migrate(workshop, config, stepEnv, sql?.template ?? null)
  const seedFirst = migrated.applied ? await seed(workshop, config, stepEnv) : null
  const before = migrated.failed === null ? 0 : await countTables(scene)
  const { rehearsed, running } = await rehearse(scene, build).catch((thrown: unknown) => {
    workshop.signal.throwIfAborted()
    throw migrated.failed ?? thrown
  })
  try {
    const unmade = await checkSchema(scene, migrated, before)
    const seedsLater = !migrated.applied && seedOf(workshop, config) !== null
    if (seedsLater) await endRehearsal(running)
    const seedLater = seedsLater ? await seed(workshop, config, { ...stepEnv }) : null
    const limits = [unmade, seedFirst, seedLater].filter((limit) => limit !== null)
    return { rehearsed, limits, running: seedsLater ? null : running }
  } catch (thrown) {
    await endRehearsal(running)
    throw thrown
  }
}

/** An inferred migration may fail when the app makes its schema itself; if it did not, the failure stands. */
const checkSchema = async (scene: Scene, { failed }: Migrated, before: number): Promise<string | null> => {
  if (failed === null) return null
  if ((await countTables(scene)) <= before) throw failed
  return `${failed.details.command ?? 'the migration'} failed; the app made its schema itself when it started`
}

const useTemplate = async (
  scene: Scene,
  { rehearsed, running }: Prepared,
  { rehearse: use, signal }: StageOptions,
) => {
  if (use === undefined) return running === null ? undefined : endRehearsal(running)
  const template = running === null ? {} : { running }
  const lab = await openLab(scene, rehearsed, {
    seed: TEMPLATE_SEED,
    known: [],
    signal,
    onTemplate: template,
  })
  try {
    await use(lab)
  } finally {
    await lab.close()
  }
}

const recordOf = (
  scene: Scene,
  rehearsed: Rehearsed,
  { by }: Held,
  limits: readonly string[],
): Stage['record'] => ({
  command: rehearsed.plan.shown,
  readyMs: rehearsed.readyMs,
  stores: scene.stores.running.map(({ store, server }) => ({
    id: store.id,
    version: server.version,
    how: server.how,
  })),
  env: rehearsed.environment.record,
  steps: scene.workshop.log.steps,
  limits: [...limits],
  ...(by !== null && { sandbox: by }),
})

const openWorkshopIn = async (
  options: StageOptions,
  to: string,
  log: Workshop['log'],
  { supervisor }: Held,
  confinement: Workshop['confinement'],
) => {
  const { root, install, signal, service } = options
  const stage = () => stageCopy({ root, to, install, signal })
  const copy = await log.step('copy', 'copy of the repo', stage)
  const lent = await lendManager(service.packages, process.env, supervisor.scratchDir)
  return openWorkshop({ supervisor, confinement, service, copy, log, signal, root, lent })
}

/**
 * Brings a service to the point from which labs open quickly.
 * @throws E_DEPENDENCIES_MISSING, E_STORE_UNSUPPORTED, E_STORE_UNAVAILABLE, E_STORE_HARD_CODED, E_STEP_FAILED,
 * E_TARGET_NOT_READY, E_PORT_TAKEN; the signal's reason when it aborts. Nothing is left running then.
 */
export const openStage = async (options: StageOptions): Promise<Stage> => {
  const { config, supervisor, stores: members, install, durable = false } = options
  stages += 1
  const to = join(supervisor.scratchDir, `stage-${stages}`)
  const log = openStepLog(options.onStep ?? (() => {}), options.onStepStart)
  const closers: (() => Promise<unknown>)[] = [() => rm(to, { recursive: true, force: true })]
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer().catch(() => undefined)
  }
  try {
    const held = await openLabBox(options.root, config, supervisor)
    closers.push(async () => held.close())
    const declared = config.outbound ?? []
    const confinement = await openConfinement({ supervisor: held.supervisor, declared })
    closers.push(() => confinement.close())
    options.onConfined?.(confinement.outbound)
    const workshop = await openWorkshopIn(options, to, log, held, confinement)
    await installPackages(workshop, config, install)
    const stores = await startStores({ ...workshop, supervisor }, members, config, durable)
    closers.push(() => Promise.allSettled(stores.running.map(({ server }) => server.stop())))
    const scene: Scene = { workshop, config, stores }
    refuseWrittenAddresses(scene)
    await freeEnvFiles(workshop.copy.root, decidedNames(scene))
    const prepared = await prepare(scene)
    const { rehearsed, limits } = prepared
    await useTemplate(scene, prepared, options)
    await Promise.all(stores.running.map(({ server }) => server.seal()))
    const labs = new Set<Lab>()
    closers.push(() => Promise.allSettled([...labs].map((lab) => lab.close())))
    const filed = stores.running.some(({ template }) => template.endpoint === null)
    return {
      supervisor: confinement.supervisor,
      record: recordOf(scene, rehearsed, held, [
        ...held.limits,
        ...workshop.copy.limits,
        ...stores.limits,
        ...writtenLimits(scene),
        ...limits,
        ...rehearsed.limits,
      ]),
      concurrent: rehearsed.ports.fixed === null && !filed,
      open: async (asked) => {
        const lab = await openLab(scene, rehearsed, asked)
        labs.add(lab)
        return lab
      },
      close,
    }
  } catch (thrown) {
    await close()
    throw thrown
  }
}
