import type { Families } from '../../engine/prove/families.ts'
import type { Experiment } from '../../experiments/define.ts'
import type { ChangeKind } from '../../model/change.ts'
import { byCategory, type Category } from '../../model/priority.ts'
import type { Change } from './changes/change.ts'
import { kindsOfOperation } from './changes/change-routes.ts'
import { describeChanges } from './changes/describe-changes.ts'
import { ABOUT } from './duties.ts'
import type { Obligation, Reason } from './obligation.ts'
import type { Start } from './trees/start.ts'
import type { Tree } from './trees/tree.ts'

/** Everything that has to be proved of one state of the work, and why. */
export type Duty = {
  /** hash of the tree that it is about */
  tree: string
  /** files that differ from the start, relative */
  files: readonly string[]
  changes: readonly Change[]
  /** the most important first; all `not-run` */
  obligations: readonly Obligation[]
  /** kinds of change that each experiment answers for, by its id */
  answersFor: ReadonlyMap<string, readonly ChangeKind[]>
}

const ROUTE_KINDS = new Set<ChangeKind>(['write-route', 'read-route'])

const due = (kinds: readonly ChangeKind[], change: Change) =>
  kinds.some((kind) => change.kinds.includes(kind))

/** Of the operations that a change touches, those that the experiment has something to say of. */
const subjectsIn = (kinds: readonly ChangeKind[], change: Change): readonly string[] => {
  const beyond = change.kinds.some((kind) => kinds.includes(kind) && !ROUTE_KINDS.has(kind))
  if (beyond) return change.operations
  return change.operations.filter((label) => kindsOfOperation(label).some((kind) => kinds.includes(kind)))
}

const reasonOf = ({ change, what, place }: Change): Reason => ({ change, what, place })

const blank = (probe: string, standard: string): Obligation => ({
  ...{ probe, standard, subjects: [], reasons: [], state: 'not-run' },
  ...{ detail: 'not run for the tree as it is', unreached: [], findings: [], run: null },
})

/** What sends only reads, or only writes, says nothing of the others. */
const isSent = ({ needs }: Experiment, label: string): boolean => {
  const kinds = kindsOfOperation(label)
  if (needs.includes('read-request')) return kinds.includes('read-route')
  return !needs.includes('write-request') || kinds.includes('write-route')
}

/** A change of operations that it neither sends nor answers for is none of its business. */
const concerns = (experiment: Experiment, change: Change): boolean => {
  const { answersFor: kinds = [] } = experiment
  if (!due(kinds, change)) return false
  const { operations } = change
  return (
    operations.length === 0 ||
    operations.some(
      (label) => isSent(experiment, label) || kindsOfOperation(label).some((kind) => kinds.includes(kind)),
    )
  )
}

const obligationOf = (experiment: Experiment, changes: readonly Change[]): Obligation | null => {
  const kinds = experiment.answersFor ?? []
  const causes = changes.filter((change) => concerns(experiment, change))
  if (causes.length === 0) return null
  const subjects = kinds.some((kind) => ABOUT[kind] === 'operations' && kind !== 'migration')
    ? [...new Set(causes.flatMap((change) => subjectsIn(kinds, change)))]
        .filter((label) => isSent(experiment, label))
        .sort()
    : []
  return { ...blank(experiment.id, experiment.standard), subjects, reasons: causes.map(reasonOf) }
}

const WHOLE_SOURCE: Reason = { change: 'changed source', what: 'every inspection', place: null }

/** Seconds that the experiments of these obligations are expected to take, one after the other. */
export const expectedSeconds = (obligations: readonly Obligation[], { experiments }: Families): number =>
  experiments
    .filter(({ id }) => obligations.some(({ probe }) => probe === id))
    .reduce((sum, { cost }) => sum + cost.seconds, 0)

/**
 * What has to hold before the work is done: each experiment that answers for a kind of change that was made, and every
 * inspection. Empty where nothing was changed that a proof is about.
 */
export const deriveObligations = (start: Start, now: Tree, families: Families): Duty => {
  const { files, changes } = describeChanges(start, now)
  const categories = new Map<string, Category>(families.standards.map(({ id, category }) => [id, category]))
  const category = ({ standard }: Obligation) => categories.get(standard) ?? 'quality'
  const seconds = new Map(families.experiments.map(({ id, cost }) => [id, cost.seconds]))
  const cost = ({ probe }: Obligation) => seconds.get(probe) ?? 0
  const dynamic = families.experiments.flatMap((experiment) => obligationOf(experiment, changes) ?? [])
  const fixed = families.inspections.map(({ id, standard }) => ({
    ...blank(id, standard),
    reasons: [WHOLE_SOURCE],
  }))
  const obligations = changes.length === 0 ? [] : [...dynamic, ...fixed]
  return {
    tree: now.hash,
    files: files.map(({ file }) => file),
    changes,
    obligations: obligations.sort(
      (a, b) => byCategory(category(a), category(b)) || cost(a) - cost(b) || a.probe.localeCompare(b.probe),
    ),
    answersFor: new Map(families.experiments.map(({ id, answersFor = [] }) => [id, answersFor])),
  }
}
