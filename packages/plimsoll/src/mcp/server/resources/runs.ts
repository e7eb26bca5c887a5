import type { Verdict } from '../../../model/verdict.ts'
import { isOver, type Proof } from '../proofs.ts'
import type { Served } from '../surface.ts'
import type { Content, Shelf } from './shelf.ts'

const stateOf = (proof: Proof): Content => ({
  mimeType: 'text/markdown',
  text: `# Proof ${proof.run ?? proof.ticket}\n\n- State: ${proof.state}\n- Last said: ${proof.line}\n`,
})

const savedRun = ({ lent }: Served, id: string) => {
  try {
    return lent.door?.run(id) ?? null
  } catch {
    return null
  }
}

const savedIds = ({ lent }: Served): string[] => (lent.door?.runs() ?? []).map(({ id }) => id)

const namesOf = (served: Served): string[] => [
  ...served.proofs
    .list()
    .filter((proof) => !isOver(proof) || proof.run === null)
    .map(({ ticket, run }) => run ?? ticket),
  ...savedIds(served),
]

const readRun = (served: Served, id: string): Content | null => {
  const proof = served.proofs.find(id)
  if (proof !== null && !isOver(proof)) return stateOf(proof)
  const saved = savedRun(served, proof?.run ?? id)
  if (saved !== null) return { text: served.renderRun(saved.run, saved.dir), mimeType: 'text/markdown' }
  return proof === null ? null : stateOf(proof)
}

/** A proof that goes on, or a Run that is saved. */
export const runsShelf = (served: Served): Shelf => ({
  name: 'run',
  title: 'Runs',
  description: 'A proof: its state while it goes on, then its verdicts and findings.',
  address: 'plimsoll://runs/{run}',
  mimeType: 'text/markdown',
  isListed: () => true,
  list: () =>
    [...new Set(namesOf(served))].map((run) => ({ id: run, title: `Run ${run}`, variables: { run } })),
  read: ({ run = '' }) => readRun(served, run),
})

const isFinding = ({ status }: Verdict) => status === 'refuted'

const MOST_RUNS = 5

/** One finding with its evidence, as it stands in the Run. */
export const findingsShelf = (served: Served): Shelf => ({
  name: 'finding',
  title: 'Findings',
  description: 'One verdict of a Run with its evidence, places in the source, and replay, as JSON.',
  address: 'plimsoll://runs/{run}/findings/{finding}',
  mimeType: 'application/json',
  isListed: () => false,
  list: () =>
    savedIds(served)
      .slice(0, MOST_RUNS)
      .flatMap((run) =>
        (savedRun(served, run)?.run.verdicts ?? [])
          .filter(isFinding)
          .map(({ id, title }) => ({ id, title, variables: { run, finding: id } })),
      ),
  read: ({ run = '', finding }) => {
    const id = served.proofs.find(run)?.run ?? run
    const verdict = savedRun(served, id)?.run.verdicts.find((each) => each.id === finding)
    return verdict === undefined
      ? null
      : { text: JSON.stringify(verdict, null, 2), mimeType: 'application/json' }
  },
})
