import type { Experiment } from '../../experiments/define.ts'
import type { LoadWishes } from '../../model/config.ts'
import type { ProgressEvent } from '../../model/progress.ts'
import type { ProbeRecord } from '../../model/run.ts'
import type { Standard } from '../../model/standard.ts'
import { CONFIRMATIONS, judgeProbe } from '../judge/judge-probe.ts'
import { execute } from './execute.ts'
import type { Session } from './session.ts'
import { shortMessage } from './short-message.ts'
import type { Slots } from './slots.ts'

export type Bench = {
  session: Session
  slots: Slots
  /** every standard of the Run */
  standards: readonly Standard[]
  /** what the configuration says of load */
  wishes: LoadWishes
  seed: number
  signal: AbortSignal
  nowMs(): number
  onProgress(event: ProgressEvent): void
}

/** Where an experiment errored, the program's last lines tell why; beside each of its findings they would only repeat. */
const MOST_LINES = 5

const refutedSubjects = (
  experiment: Experiment,
  record: ProbeRecord,
  standard: Standard,
  all: readonly Standard[],
) => {
  try {
    return experiment
      .judge(experiment.observes.parse(record.executions[0]?.seen), standard, all)
      .filter(({ status }) => status === 'refuted')
      .map(({ subject }) => subject)
  } catch {
    return []
  }
}

const countBy = (
  experiment: Experiment,
  record: ProbeRecord,
  standard: Standard,
  all: readonly Standard[],
) => {
  const judged = judgeProbe(experiment, record, standard, false, all)
  const count = (status: string) => judged.filter((one) => one.status === status).length
  return { refuted: count('refuted'), proven: count('proven'), inconclusive: count('inconclusive') }
}

/** Re-executions run side by side where the bench has room: each has an app and a database of its own. */
const confirm = async (
  experiment: Experiment,
  record: ProbeRecord,
  focus: string[],
  bench: Bench,
  rank: number,
) => {
  const { session, slots, standards, seed, signal } = bench
  let done = 0
  const again = Array.from({ length: CONFIRMATIONS }, () =>
    slots.use(rank, async () => {
      const execution = await execute(experiment, session, { seed, focus, standards, signal })
      done += 1
      bench.onProgress({ kind: 'probe-confirming', id: experiment.id, done, of: CONFIRMATIONS })
      return execution
    }),
  )
  for (const settled of await Promise.allSettled(again)) {
    if (settled.status === 'rejected') record.reason = shortMessage(settled.reason, 1)
    else if ('seen' in settled.value) record.executions.push(settled.value)
    else record.reason = settled.value.reason
  }
}

const observe = async (
  experiment: Experiment,
  record: ProbeRecord,
  bench: Bench,
  standard: Standard,
  rank: number,
) => {
  const { session, slots, standards, seed, signal } = bench
  const idle = experiment.idle?.(bench.wishes) ?? null
  if (idle !== null) {
    Object.assign(record, { outcome: 'not-applicable', reason: idle })
    return
  }
  const first = await slots.use(rank + 1_000, () => {
    record.startedAtMs = bench.nowMs()
    bench.onProgress({ kind: 'probe-started', id: experiment.id, title: experiment.title })
    return execute(experiment, session, { seed, standards, signal })
  })
  if (!('seen' in first)) {
    Object.assign(record, first)
    return
  }
  record.executions.push(first)
  const focus = refutedSubjects(experiment, record, standard, bench.standards)
  if (focus.length > 0) await confirm(experiment, record, focus, bench, rank)
}

/** Runs one experiment to its record: first execution, then three more of whatever it refuted. Never throws. */
export const runExperiment = async (
  experiment: Experiment,
  standard: Standard,
  bench: Bench,
  rank: number,
): Promise<ProbeRecord> => {
  const record: ProbeRecord = {
    probe: experiment.id,
    kind: 'experiment',
    standard: experiment.standard,
    title: experiment.title,
    outcome: 'ran',
    startedAtMs: bench.nowMs(),
    durationMs: 0,
    executions: [],
  }
  try {
    await observe(experiment, record, bench, standard, rank)
  } catch (thrown) {
    const stopped = bench.signal.aborted
    record.outcome = stopped ? 'skipped' : 'errored'
    record.reason = stopped ? 'the proof was stopped before it could end' : shortMessage(thrown, MOST_LINES)
  }
  record.durationMs = bench.nowMs() - record.startedAtMs
  bench.onProgress({
    kind: 'probe-finished',
    id: experiment.id,
    title: experiment.title,
    outcome: record.outcome,
    ...countBy(experiment, record, standard, bench.standards),
    durationMs: record.durationMs,
  })
  return record
}
