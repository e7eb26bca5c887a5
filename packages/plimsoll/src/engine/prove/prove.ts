import { asFault, type Fault } from '../../base/errors/fault.ts'
import { isSecret } from '../../base/text/secret-names.ts'
import { version } from '../../instruments/assets/version.ts'
import { createClock } from '../../instruments/clock/clock.ts'
import { describeMachine } from '../../instruments/machine/machine.ts'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import { hashFiles, hashTree, treeHash } from '../../instruments/source/hash-tree.ts'
import { checkNames } from '../../lab/load/weigh.ts'
import type { Config } from '../../model/config.ts'
import type { Severity } from '../../model/priority.ts'
import type { ProgressEvent } from '../../model/progress.ts'
import { type LabRecord, type ProbeRecord, RUN_VERSION, type Run } from '../../model/run.ts'
import { withoutPrivateValues } from '../../survey/private-values.ts'
import { secretValues } from '../../survey/secret-values.ts'
import { surveyFolder } from '../../survey/survey-folder.ts'
import { judgeRun } from '../judge/judge-run.ts'
import { type Choice, plan } from '../plan/plan.ts'
import { applyOverrides } from '../plan/standards.ts'
import { chooseService } from './choose-service.ts'
import { type Deadline, openDeadline } from './deadline.ts'
import type { Families } from './families.ts'
import { type Private, redactRecord, redactRun } from './redact-run.ts'
import { runExperiments, runInspection } from './run-all.ts'
import { openSession } from './session.ts'
import { surveyLine } from './survey-line.ts'

export type ProveOptions = {
  /** absolute folder of the backend */
  root: string
  /** the folder as the user typed it, for replays */
  target: string
  runId: string
  config: Config
  configFile: string
  families: Families
  service?: string
  choice: Choice
  /** what the Run calls its files, where the root is a copy of others that are known to be the same */
  tree?: string
  seed: number
  budgetSeconds: number
  failOn: Severity
  strict: boolean
  install: boolean
  /** aborted with the name of the signal that ended us */
  signal: AbortSignal
  onProgress(event: ProgressEvent): void
  /** called as soon as a probe's observations are complete, so that they can be saved at once */
  onRecord(record: ProbeRecord): void
}

/** Where neither the words nor the configuration say otherwise. */
export const DEFAULT_BUDGET_SECONDS = 600

const NO_LAB: LabRecord = {
  command: null,
  readyMs: null,
  stores: [],
  env: {},
  steps: [],
  limits: [],
  outbound: [],
  reach: [],
}

type Outcome = { lab: LabRecord; records: ProbeRecord[]; problem: Fault | null; service?: string }

const skipped = (
  options: ProveOptions,
  ids: readonly { id: string; standard: string; title: string }[],
  done: readonly ProbeRecord[],
  reason: string,
) =>
  ids
    .filter(({ id }) => !done.some(({ probe }) => probe === id))
    .map(
      ({ id, standard, title }): ProbeRecord => ({
        probe: id,
        kind: options.families.inspections.some((inspection) => inspection.id === id)
          ? 'inspection'
          : 'experiment',
        standard,
        title,
        outcome: 'skipped',
        reason,
        startedAtMs: 0,
        durationMs: 0,
        executions: [],
      }),
    )

/** Credentials that the configuration holds: the lab sends them, and no artifact shows them. */
const givenSecrets = ({ env, headers }: Config): string[] =>
  Object.entries({ ...env, ...headers })
    .filter(([name]) => /authorization/i.test(name) || isSecret(name.replaceAll('-', '_')))
    .map(([, value]) => value.split(' ').at(-1) ?? '')
    .filter((value) => value.length >= 6 && !value.includes('{{'))

type Ready = ReturnType<typeof prepare>

const prepare = (options: ProveOptions) => {
  const { standards, overrides } = applyOverrides(
    options.families.standards,
    options.config.standards,
    options.configFile,
  )
  return { standards, overrides, plan: plan(options.families, standards, options.choice) }
}

/** Time that the configuration asks for beside the budget: a soak lasts as long as it is told to. */
const askedSeconds = ({ plan: { experiments } }: Ready, { load = {} }: Config): number =>
  experiments.reduce((sum, { cost }) => sum + (cost.asked?.(load) ?? 0), 0)

const runDynamic = async (
  options: ProveOptions,
  ready: Ready,
  surveyed: Awaited<ReturnType<typeof surveyFolder>>,
  deadline: Deadline,
  hidden: Private,
  nowMs: () => number,
): Promise<Outcome> => {
  const { experiments } = ready.plan
  if (experiments.length === 0) return { lab: NO_LAB, records: [], problem: null }
  const supervisor = await openSupervisor()
  const records: ProbeRecord[] = []
  let lab = NO_LAB
  let outbound = (): LabRecord['outbound'] => []
  const withOutbound = (): LabRecord => ({ ...lab, outbound: outbound() })
  let name: string | undefined
  try {
    const service = chooseService(surveyed.system, options.service, options.config)
    name = service.name
    checkNames(options.config.load?.weights ?? {}, service.routes, options.configFile)
    const startedMs = nowMs()
    const session = await openSession({
      ...options,
      ...surveyed,
      service,
      stores: options.families.stores,
      supervisor,
      signal: deadline.signal,
      onConfined: (read) => {
        outbound = read
      },
      onProgress: (event) => {
        // How long a registry takes says nothing of the system, so it is not paid from the budget.
        if (event.kind === 'lab-doing' && event.step === 'install') deadline.hold()
        if (event.kind === 'lab-step' && event.step === 'install') deadline.resume()
        options.onProgress(event)
      },
    })
    lab = { ...session.record, outbound: [] }
    const stores = lab.stores.map(({ how }) => how).join(', ')
    const readiness = lab.readyMs === null ? '' : `app ready in ${(lab.readyMs / 1_000).toFixed(1)} s`
    const line = [stores, readiness].filter((part) => part !== '').join(' · ')
    options.onProgress({ kind: 'lab-ready', line, durationMs: nowMs() - startedMs })
    const bench = {
      session,
      wishes: options.config.load ?? {},
      seed: options.seed,
      signal: deadline.signal,
      nowMs,
      onProgress: options.onProgress,
    }
    await runExperiments(experiments, ready.standards, bench, (record) => {
      records.push(record)
      options.onRecord(redactRecord(record, hidden))
    })
    return { lab: withOutbound(), records, problem: null, service: name }
  } catch (thrown) {
    const problem = deadline.signal.aborted ? null : asFault(thrown)
    return { lab: withOutbound(), records, problem, ...(name !== undefined && { service: name }) }
  } finally {
    await supervisor.close()
  }
}

const endOf = (deadline: Deadline, problem: Fault | null): Run['end'] =>
  deadline.ended() ?? (problem === null ? 'complete' : 'not-ready')

const REASONS: Record<Run['end'], string> = {
  complete: '',
  budget: 'the budget ran out first',
  interrupted: 'the proof was interrupted first',
  'not-ready': 'the target did not get ready',
}

/**
 * One proof: survey, inspect, boot, run, judge. Always ends in a Run, also when the target does not get ready, the
 * budget ends or a signal comes; throws a fault only for usage errors and for a bug of ours.
 */
export const prove = async (options: ProveOptions): Promise<Run> => {
  const clock = createClock()
  const startedAt = new Date().toISOString()
  const ready = prepare(options)
  const deadline = openDeadline(options.budgetSeconds + askedSeconds(ready, options.config), options.signal)
  const surveyed = await surveyFolder(options.root, options.families)
  const tree = hashTree(hashFiles(surveyed.project))
  const hidden = {
    root: options.root,
    secrets: [...givenSecrets(options.config), ...secretValues(surveyed.system, isSecret)],
  }
  options.onProgress({ kind: 'survey', line: surveyLine(surveyed.system), durationMs: clock.nowMs() })
  const { experiments, inspections } = ready.plan
  const records: ProbeRecord[] = []
  for (const inspection of inspections) {
    const record = await runInspection(inspection, {
      ...surveyed,
      contract: options.config.contract,
      signal: deadline.signal,
      nowMs: clock.nowMs,
    })
    records.push(record)
    options.onRecord(redactRecord(record, hidden))
  }
  const dynamic = await runDynamic(options, ready, surveyed, deadline, hidden, clock.nowMs)
  deadline.close()
  records.push(...dynamic.records)
  if (dynamic.problem !== null && dynamic.problem.kind !== 'notReady') throw dynamic.problem
  const end = endOf(deadline, dynamic.problem)
  records.push(...skipped(options, [...inspections, ...experiments], records, REASONS[end]))
  const run: Run = {
    $schema: 'https://plimsoll.dev/schema/run-1.json',
    version: RUN_VERSION,
    id: options.runId,
    startedAt,
    durationMs: clock.nowMs(),
    plimsoll: version(),
    machine: describeMachine(),
    seed: options.seed,
    budgetSeconds: options.budgetSeconds,
    failOn: options.failOn,
    strict: options.strict,
    end,
    ...(dynamic.problem && {
      problem: { code: dynamic.problem.code, message: dynamic.problem.message, hint: dynamic.problem.hint },
    }),
    target: options.target,
    ...(dynamic.service !== undefined && { service: dynamic.service }),
    ...(tree === (await treeHash(options.root)) && { tree: options.tree ?? tree }),
    system: withoutPrivateValues(surveyed.system),
    standards: ready.standards,
    ...(options.config.load !== undefined && { load: options.config.load }),
    overrides: ready.overrides,
    lab: dynamic.lab,
    probes: records,
    verdicts: [],
    tallies: [],
    notCovered: [],
    exitCode: options.signal.reason === 'SIGTERM' ? 143 : 130,
  }
  return redactRun(judgeRun(run, options.families), hidden)
}
