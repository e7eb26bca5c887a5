import type { z } from 'zod'
import type { Project } from '../instruments/source/project.ts'
import type { ContractWishes } from '../model/config.ts'
import type { Standard } from '../model/standard.ts'
import type { System } from '../model/system.ts'
import type { Judgement } from '../model/verdict.ts'

/**
 * One static check.
 *
 * **Contract:** `inspect` reads through `source` only, executes nothing, and does not throw about what it reads.
 * `judge` is pure.
 */
export type Inspection<Seen = unknown> = {
  id: string
  title: string
  standard: string
  observes: z.ZodType<Seen>
  inspect(
    system: System,
    source: Project,
    context: { signal: AbortSignal; contract?: ContractWishes | undefined },
  ): Promise<Seen>
  judge(seen: Seen, standard: Standard): Judgement[]
}

export const defineInspection = <Seen>(inspection: Inspection<Seen>): Inspection =>
  inspection as unknown as Inspection
