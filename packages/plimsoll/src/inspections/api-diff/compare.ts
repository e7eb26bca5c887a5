import type { Change } from '../../contract/diff/change.ts'
import { compareDocuments } from '../../contract/diff/compare-documents.ts'
import { findLines } from '../../contract/openapi/find-line.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { ContractWishes } from '../../model/config.ts'
import { readNow } from './choose-documents.ts'
import { findBase } from './find-base.ts'
import type { Comparison } from './seen.ts'

const MOST_UNREAD = 5

const nothing = (document: string, base: string | null): Comparison => ({
  ...{ document, base, operations: 0, announced: false, unread: [], breaks: [] },
})

const withPlaces = (changes: readonly Change[], file: string, text: string): Comparison['breaks'] => {
  if (changes.length === 0) return []
  const lineOf = findLines(text)
  return changes.map(({ pointers, ...change }) => ({
    ...change,
    // What is gone has no line of its own any more.
    place: { file, line: pointers.after === null ? 1 : lineOf(pointers.after) },
  }))
}

/** Holds a document of the backend against what its clients know. */
export const compareWithBase = async (
  source: Project,
  document: string,
  wishes: ContractWishes | undefined,
): Promise<Comparison> => {
  const base = await findBase(source, document, wishes?.base)
  if (base === null) return nothing(document, null)
  const readText = readNow(source)
  const compared = await compareDocuments(base, { file: document, readText })
  if (compared === null) return nothing(document, null)
  const { before, after, changes, announced } = compared
  return {
    document,
    base: base.name,
    operations: before.operations.length,
    announced,
    unread: after.problems.slice(0, MOST_UNREAD).map(({ where, problem }) => `${where}: ${problem}`),
    breaks: withPlaces(changes, document, (await readText(document)) ?? ''),
  }
}
