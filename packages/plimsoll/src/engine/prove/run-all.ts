import type { Experiment } from '../../experiments/define.ts'
import type { Inspection } from '../../inspections/define.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { ContractWishes } from '../../model/config.ts'
import type { ProbeRecord } from '../../model/run.ts'
import type { Standard } from '../../model/standard.ts'
import type { System } from '../../model/system.ts'
import { type Bench, runExperiment } from './run-experiment.ts'
import { createSlots } from './slots.ts'

/** Experiments wait far more than they compute: three labs fit on two cores without one disturbing another. */
const LABS_AT_ONCE = 3

const find = (standards: readonly Standard[], id: string) => standards.find((standard) => standard.id === id)

/** Those that share the machine first, side by side; then each that must have it for itself. */
export const runExperiments = async (
  experiments: readonly Experiment[],
  standards: readonly Standard[],
  bench: Omit<Bench, 'slots' | 'standards'>,
  onRecord: (record: ProbeRecord) => void,
): Promise<ProbeRecord[]> => {
  const records: ProbeRecord[] = []
  bench.onProgress({
    kind: 'plan',
    probes: experiments.map(({ id, title, cost }) => ({ id, title, seconds: cost.seconds })),
  })
  const run = async (experiment: Experiment, rank: number, slots: Bench['slots']) => {
    const standard = find(standards, experiment.standard)
    if (standard === undefined) return
    const record = await runExperiment(experiment, standard, { ...bench, standards, slots }, rank)
    records.push(record)
    onRecord(record)
  }
  const shared = createSlots(bench.session.concurrent ? LABS_AT_ONCE : 1)
  const alone = createSlots(1)
  await Promise.all(
    experiments.map((experiment, rank) =>
      experiment.quiet === true ? undefined : run(experiment, rank, shared),
    ),
  )
  for (const [rank, experiment] of experiments.entries()) {
    if (experiment.quiet === true) await run(experiment, rank, alone)
  }
  return records
}

type Inspected = {
  system: System
  project: Project
  contract: ContractWishes | undefined
  signal: AbortSignal
  nowMs(): number
}

/** Static checks: one execution, because a file says the same every time. Never throws. */
export const runInspection = async (
  inspection: Inspection,
  { system, project, contract, signal, nowMs }: Inspected,
): Promise<ProbeRecord> => {
  const startedAtMs = nowMs()
  const record: ProbeRecord = {
    probe: inspection.id,
    kind: 'inspection',
    standard: inspection.standard,
    title: inspection.title,
    outcome: 'ran',
    startedAtMs,
    durationMs: 0,
    executions: [],
  }
  try {
    const seen = await inspection.inspect(system, project, { signal, contract })
    record.executions.push({ seed: 0, seen: JSON.parse(JSON.stringify(seen)) })
  } catch (thrown) {
    record.outcome = 'errored'
    record.reason = thrown instanceof Error ? thrown.message : String(thrown)
  }
  record.durationMs = nowMs() - startedAtMs
  return record
}
