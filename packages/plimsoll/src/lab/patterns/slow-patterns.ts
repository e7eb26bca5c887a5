import { checkPatterns } from '../../instruments/pattern/check-patterns.ts'
import type { Checked } from '../../instruments/pattern/pattern.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { SourcePlace } from '../../model/evidence.ts'
import type { Service } from '../../model/system.ts'
import { findPatterns } from './find-patterns.ts'

/** A regular expression on which the right text takes longer and longer. */
export type SlowPattern = Omit<Checked, 'outcome'> & {
  pattern: string
  flags: string
  /** null where it stands in a document */
  place: SourcePlace | null
  /** the lines around it; empty of a document */
  excerpt: string
}

export type SlowPatterns = {
  /** how many were looked at */
  read: number
  slow: SlowPattern[]
  /** those of which it was not found out in time */
  open: string[]
}

const MOST_PATTERNS = 80
const ALL_MS = 20_000

/**
 * Checks the patterns of a service's source, and others that are given (those of its documents). Done at the first
 * question, and remembered for those of the source.
 */
export const createSlowPatterns = (project: Project, service: Pick<Service, 'dir'>) => {
  const answers = new Map<string, Promise<SlowPatterns>>()
  const find = async (written: readonly string[], signal: AbortSignal): Promise<SlowPatterns> => {
    const own = findPatterns(project, service)
    const others = written
      .filter((pattern) => !own.some((one) => one.pattern === pattern))
      .map((pattern) => ({ pattern, flags: 'u', place: null, excerpt: '' }))
    const all = [...own, ...others].slice(0, MOST_PATTERNS)
    const checked = await checkPatterns(all, { withinMs: ALL_MS, signal })
    return {
      read: all.length,
      slow: all.flatMap((one, index) => {
        const { outcome, ...found } = checked[index] ?? { outcome: 'unknown' as const }
        return outcome === 'slow' && 'climbs' in found ? [{ ...one, ...found }] : []
      }),
      open: all
        .filter((_, index) => checked[index]?.outcome !== 'slow' && checked[index]?.outcome !== 'safe')
        .map(({ pattern }) => pattern),
    }
  }
  return async (written: readonly string[], signal: AbortSignal): Promise<SlowPatterns> => {
    const key = JSON.stringify(written)
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = find(written, signal)
    if (!signal.aborted) answers.set(key, answer)
    return answer
  }
}
