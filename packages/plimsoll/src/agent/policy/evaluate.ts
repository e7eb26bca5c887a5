import type { Action, Rule } from '../../model/agent.ts'
import { type Atom, atomsOf } from './atoms.ts'
import { type About, explainDecision } from './explain.ts'
import { matchesLine, matchesPath } from './glob.ts'
import type { Decision, Evaluate } from './policy.ts'

const STRICTNESS: Readonly<Record<Action, number>> = { allow: 0, ask: 1, deny: 2 }

type Verdict = { action: Action; rule: Rule | null; atom: Atom }

const strictest = (verdicts: readonly Verdict[]): Verdict | null =>
  verdicts.reduce<Verdict | null>(
    (worst, each) => (worst === null || STRICTNESS[each.action] > STRICTNESS[worst.action] ? each : worst),
    null,
  )

const matchesText = (pattern: string, { isPath, text }: Atom) =>
  isPath ? matchesPath(pattern, text) : matchesLine(pattern, text)

const lastOf = (list: readonly Rule[], atom: Atom, speaksOf: (tool: string) => boolean): Verdict | null => {
  const rule = list.findLast(({ tool, pattern }) => speaksOf(tool) && matchesText(pattern, atom))
  return rule === undefined ? null : { action: rule.action, rule, atom }
}

const byReason = new WeakMap<readonly Rule[], Rule[][]>()

/** Each reason of the floor is a list of its own: an exception to one is none to another. */
const reasonsOf = (floor: readonly Rule[]): Rule[][] => {
  const known = byReason.get(floor)
  if (known !== undefined) return known
  const names = [...new Set(floor.map(({ from }) => from))]
  const lists = names.map((name) => floor.filter(({ from }) => from === name))
  byReason.set(floor, lists)
  return lists
}

const refusedBy = (floor: readonly Rule[], atoms: readonly Atom[]): Verdict | null => {
  for (const list of reasonsOf(floor))
    for (const atom of atoms) {
      const found = lastOf(list, atom, (tool) => atom.floorTools.includes(tool))
      if (found?.action === 'deny') return found
    }
  return null
}

const saidOf = (layers: readonly (readonly Rule[])[], atom: Atom): Verdict[] => {
  const speaksOf = (tool: string) =>
    atom.named ? atom.tools.includes(tool) : atom.tools.some((id) => matchesLine(tool, id))
  const said = layers.map((list) => lastOf(list, atom, speaksOf)).filter((each) => each !== null)
  if (said.length > 0 || atom.otherwise === null) return said
  return [{ action: atom.otherwise, rule: null, atom }]
}

/**
 * Decides one call. The floor comes first, and nothing lifts it; within a list the last rule that matches wins, between
 * lists the stricter answer does, and where none speaks the effect decides. Each part of a command line is judged by
 * itself, and the strictest answer holds for the line; what cannot be read is asked for.
 */
export const evaluate: Evaluate = (rules, call): Decision => {
  const decide = (action: Action, verdict: Verdict | null, why: About['why']): Decision => {
    const rule = verdict?.rule ?? null
    return {
      action,
      rule,
      reason: explainDecision({ call, action, rule, text: verdict?.atom.text ?? '', why }),
    }
  }
  if (!rules.tools.some((id) => matchesLine(id, call.tool))) return decide('deny', null, 'no such tool')
  const { atoms, problem } = atomsOf(rules, call)
  const refused = refusedBy(rules.floor, atoms)
  if (refused !== null) return decide('deny', refused, 'rule')
  const said = strictest(atoms.flatMap((atom) => saidOf(rules.layers, atom)))
  if (problem !== null && said?.action !== 'deny') return decide('ask', null, { unreadable: problem })
  return decide(said?.action ?? 'allow', said, said?.rule == null ? 'default' : 'rule')
}
