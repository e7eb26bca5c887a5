import type { Change } from '../../../contract/diff/change.ts'
import { compareDocuments } from '../../../contract/diff/compare-documents.ts'
import type { Weakened } from '../obligation.ts'
import { labelOf, routesOf } from '../reach/route-spans.ts'
import type { Start } from '../trees/start.ts'
import type { GateChange, Judged } from './find-weakened.ts'

const MOST_TOLD = 5

const plainPath = (label: string) => label.replace(/\{[^}]+\}|:\w+/g, ':_')

/** What makes the document fit an answer that it forbade, or takes a promise out that the code still serves. */
const isNarrowing = ({ rule, witness, operations }: Change, served: ReadonlySet<string>): boolean => {
  if (rule === 'operation-removed') return operations.some((label) => served.has(plainPath(label)))
  return witness?.as === 'response'
}

/** Why a specification is none any more; null where it still is one. */
const unreadable = (file: string, { system }: Judged): string | null => {
  if (system.contracts.some((contract) => contract.file === file)) return null
  const said = system.problems.find((one) => one.file === file)?.problem.replace(/:?\s*$/, '')
  return `can no longer be read${said === undefined ? '' : `: ${said}`}`
}

/** Specifications that were changed so that less is promised. A new major version announces it, and is none. */
export const narrowedSpecs = async (
  changes: readonly GateChange[],
  start: Start,
  now: Judged,
): Promise<Weakened[]> => {
  const found: Weakened[] = []
  const served = new Set(routesOf(now.system).map((route) => plainPath(labelOf(route))))
  for (const { file, kind, after } of changes) {
    if (kind !== 'spec') continue
    if (after === null) {
      found.push({ file, kind, how: 'deleted', place: null })
      continue
    }
    // What cannot be read promises nothing, and the experiments would go on without it.
    const unread = unreadable(file, now)
    if (unread !== null) {
      found.push({ file, kind, how: unread, place: null })
      continue
    }
    const compared = await compareDocuments(
      { file, readText: async (other) => start.texts.get(other) ?? null },
      { file, readText: async (other) => now.project.text(other) },
    ).catch(() => null)
    if (compared === null || compared.announced) continue
    const narrowed = compared.changes.filter((change) => isNarrowing(change, served))
    for (const { operations, part, what } of narrowed.slice(0, MOST_TOLD))
      found.push({
        ...{ file, kind, place: null },
        how: `${[operations[0], part].filter((word) => word !== undefined && word !== '').join(', ')}: ${what}`,
      })
  }
  return found
}
