import { dirname, relative, resolve } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import type { Fixer } from '../../fixers/define.ts'
import { isFolder } from '../../instruments/files/is-folder.ts'
import { treeHash } from '../../instruments/source/hash-tree.ts'
import { type LoadedConfig, loadConfig } from '../../lab/load-config.ts'
import type { Config } from '../../model/config.ts'
import type { ProgressEvent } from '../../model/progress.ts'
import type { Service, System } from '../../model/system.ts'
import { surveyFolder } from '../../survey/survey-folder.ts'
import { findExplanation, loadExplanations } from '../explain/explanations.ts'
import { proposeFixes } from '../fix/propose-fixes.ts'
import { applyOverrides } from '../plan/standards.ts'
import { chooseService } from '../prove/choose-service.ts'
import type { Families } from '../prove/families.ts'
import { DEFAULT_BUDGET_SECONDS } from '../prove/prove.ts'
import { proveAndSave, type SaveRun, type SavingOptions } from '../prove/prove-and-save.ts'
import { replay } from '../prove/replay.ts'
import { runsOfTree } from '../runs/find-evidence.ts'
import { findVerdict } from '../runs/find-verdict.ts'
import { listRuns, RUNS_DIR, type RunPlace } from '../runs/locate-run.ts'
import { readRun } from '../runs/read-run.ts'
import { askApp } from './ask-app.ts'
import type { Door, ProveWishes } from './door.ts'
import { lendEnvironment } from './environment.ts'
import { holdLab } from './hold-lab.ts'
import { proveEarlier } from './prove-earlier.ts'
import { queryLab } from './query-lab.ts'
import { tellProgress } from './tell-progress.ts'

export type DoorOptions = {
  /** absolute folder of the backend */
  root: string
  families: Families
  fixers: readonly Fixer[]
  /** handed in by the surface, which has the reporters */
  save: SaveRun
  /** where the user is: a Run names its target from here; the root unless told */
  cwd?: string
  /** where Runs are kept; `.plimsoll/runs` where the user is, unless told */
  runsDir?: string
  /**
   * read once, before anybody changes anything; the one of the root unless told. It is a program that is executed, and
   * it decides what counts as proven
   */
  config?: LoadedConfig
  /** whether what is booted is held to the lab's own files, where the configuration does not say; default no */
  sandbox?: boolean
  service?: string
  /** install the backend's dependencies, in the lab's own copy */
  install?: boolean
  /** what goes on in whatever lab is opened, beside what a call is told itself */
  onProgress?(event: ProgressEvent): void
}

/** A folder without a service that can be told apart still has variables that lead somewhere. */
const serviceOf = (system: System, wanted: string | undefined, config: Config): Service | null => {
  try {
    return chooseService(system, wanted, config)
  } catch {
    return null
  }
}

const idOf = ({ dir }: RunPlace) => dir.split(/[\\/]/).at(-1) ?? dir

/**
 * Binds the engine to one repository.
 * @throws E_NOT_A_FOLDER, E_CONFIG_INVALID, E_CONFIG_UNREADABLE
 */
export const openDoor = async (options: DoorOptions): Promise<Door> => {
  const { families, fixers, save, service, install = false, onProgress = () => {} } = options
  const root = resolve(options.root)
  if (!(await isFolder(root))) throw fault('E_NOT_A_FOLDER', { dir: options.root })
  const cwd = resolve(options.cwd ?? root)
  const runsDir = resolve(cwd, options.runsDir ?? RUNS_DIR)
  const { config: given, file } = options.config ?? (await loadConfig(root))
  const config = { ...given, sandbox: given.sandbox ?? options.sandbox ?? false }
  const configFile = file ?? 'plimsoll.config.json'
  const { standards } = applyOverrides(families.standards, config.standards, configFile)
  const common = { root, families, config, install, ...(service !== undefined && { service }) }
  const held = holdLab({ ...common, onProgress })
  const telling = (onLine?: (line: string) => void) => (event: ProgressEvent) => {
    onProgress(event)
    const line = tellProgress(event)
    if (line !== null) onLine?.(line)
  }
  const onNote = (text: string) => onProgress({ kind: 'note', text })
  let lent: ReturnType<typeof lend> | null = null
  let surveyed: { tree: string; found: ReturnType<typeof surveyFolder> } | null = null

  const survey = async () => {
    const tree = await treeHash(root)
    if (surveyed?.tree !== tree) surveyed = { tree, found: surveyFolder(root, families) }
    return surveyed.found
  }
  const lend = async (signal: AbortSignal) => {
    const { system } = await survey()
    const { stores } = families
    return lendEnvironment({
      root,
      service: serviceOf(system, service, config),
      config,
      stores,
      signal,
      onNote,
    })
  }
  const places = () => listRuns(cwd, runsDir)
  const runOf = (place: RunPlace | undefined) =>
    place === undefined ? null : { run: readRun(place.file), dir: place.dir }
  const findRun = (id?: string) => runOf(places().find((place) => id === undefined || idOf(place) === id))

  const savingOptions = ({
    only = [],
    skip = [],
    seed = 1,
    budgetSeconds,
    onRun,
    onProgress: onLine,
    signal,
  }: ProveWishes): SavingOptions => ({
    ...{ ...common, configFile, runsDir, save, seed, signal },
    target: relative(cwd, root) || '.',
    choice: { only: [...only], skip: [...skip] },
    budgetSeconds: budgetSeconds ?? config.budgetSeconds ?? DEFAULT_BUDGET_SECONDS,
    failOn: config.failOn ?? 'low',
    strict: false,
    ...(onRun !== undefined && { onRun }),
    onProgress: telling(onLine),
  })

  return {
    survey: async () => (await survey()).system,
    async prove(wishes) {
      const { run, dir, unsaved } = await proveAndSave(savingOptions(wishes))
      if (unsaved !== null) throw unsaved
      return { run, dir }
    },
    proveEarlier: (earlier, wishes) => proveEarlier(earlier, savingOptions(wishes)),
    async replay(id, { signal, onProgress: onLine }) {
      const kept = places()
      if (kept.length === 0) throw fault('E_NO_RUN', { dir: relative(cwd, runsDir) || dirname(runsDir) })
      const { run, verdict } = findVerdict(id, kept)
      const tree = await treeHash(root)
      const wished = run.load === undefined ? config : { ...config, load: run.load }
      const { judgement } = await replay({
        ...common,
        config: wished,
        run,
        verdict,
        signal,
        onProgress: telling(onLine),
      })
      return { verdict, now: judgement, unchanged: run.tree === tree }
    },
    run: findRun,
    runs: () => places().map((place) => ({ id: idOf(place), dir: place.dir })),
    evidence: (tree) => runsOfTree({ root, dirs: [cwd], runsDir }, tree),
    explain(id) {
      const texts = loadExplanations()
      const probe = () => findRun()?.run.verdicts.find((verdict) => verdict.id === id)?.probe
      return findExplanation(texts, id) ?? findExplanation(texts, probe() ?? '') ?? null
    },
    topics: () => Object.keys(loadExplanations()),
    standards: () => standards,
    query: (sql, call) => held.use(call, (lab) => queryLab(lab, sql, call.signal)),
    http: (request, call) => held.use(call, (lab) => askApp(lab, request, call.signal)),
    async preview(finding) {
      const { run } = findVerdict(finding, places())
      const { project } = await survey()
      return proposeFixes(run, finding, project, fixers)
    },
    environment: ({ signal }) => {
      lent ??= lend(signal)
      lent.catch(() => {
        lent = null
      })
      return lent
    },
    async close() {
      await Promise.all([held.close(), lent?.then((one) => one.close()).catch(() => undefined)])
    },
  }
}
