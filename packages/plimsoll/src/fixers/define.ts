import type { Project } from '../instruments/source/project.ts'
import type { Patch } from '../model/patch.ts'
import type { Finding } from '../model/verdict.ts'

/**
 * One repair.
 *
 * **Contract:** `propose` reads, never writes; it may not apply a patch or say that it works. An empty list means
 * that it has nothing to offer for this finding.
 */
export type Fixer = {
  id: string
  title: string
  /** probes whose findings it can repair */
  repairs: readonly string[]
  propose(finding: Finding, source: Project): Promise<Patch[]>
}

export const defineFixer = (fixer: Fixer): Fixer => fixer
