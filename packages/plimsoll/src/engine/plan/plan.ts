import { fault } from '../../base/errors/fault.ts'
import { nearest } from '../../base/text/nearest.ts'
import type { Experiment } from '../../experiments/define.ts'
import type { Inspection } from '../../inspections/define.ts'
import { byCategory } from '../../model/priority.ts'
import type { Standard } from '../../model/standard.ts'
import { categoryIn } from '../judge/judge-run.ts'

export type Choice = { only: readonly string[]; skip: readonly string[] }
export type Plan = { experiments: Experiment[]; inspections: Inspection[] }

type Probe = { id: string; standard: string; also?: readonly string[] }

/** A word chooses a probe by its id, by its standard, or by the standard's category. */
const chosenBy = ({ id, standard }: Probe, word: string) =>
  id === word || standard === word || standard.startsWith(`${word}.`)

/** A further standard chooses it by its full id only: its category has probes of its own. */
const wantedBy = (probe: Probe, word: string) => chosenBy(probe, word) || probe.also?.includes(word) === true

const check = (words: readonly string[], probes: readonly Probe[]) => {
  for (const word of words) {
    if (probes.some((probe) => wantedBy(probe, word))) continue
    const ids = probes.map(({ id }) => id)
    const close = nearest(word, ids)
    const note = /^(?:[A-Z]+ )?\//.test(word) ? 'What runs is chosen by experiment, not by operation. ' : ''
    const candidates = close === null ? `${note}There is: ${ids.join(', ')}.` : `Did you mean "${close}"?`
    throw fault('E_UNKNOWN_ID', { id: word, candidates })
  }
}

/**
 * What will run, most important first: the order in which a short budget drops from the end.
 * A probe whose standard was left out does not run.
 */
export const plan = (
  all: { experiments: readonly Experiment[]; inspections: readonly Inspection[] },
  standards: readonly Standard[],
  { only, skip }: Choice,
): Plan => {
  const probes = [...all.experiments, ...all.inspections]
  check([...only, ...skip], probes)
  const category = categoryIn(standards)
  const keep = (probe: Probe) =>
    standards.some(({ id }) => id === probe.standard) &&
    (only.length === 0 || only.some((word) => wantedBy(probe, word))) &&
    !skip.some((word) => chosenBy(probe, word))
  const rank = (a: Probe, b: Probe) =>
    byCategory(category(a.standard), category(b.standard)) || a.id.localeCompare(b.id)
  return {
    experiments: all.experiments.filter(keep).sort(rank),
    inspections: all.inspections.filter(keep).sort(rank),
  }
}
