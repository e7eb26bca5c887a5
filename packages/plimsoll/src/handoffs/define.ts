import type { Api } from '../contract/api.ts'
import type { Run } from '../model/run.ts'
import type { System } from '../model/system.ts'

export type HandoffFile = { /** relative to the folder of the hand-off */ path: string; text: string }

/** What a hand-off is made from; nothing is run for it. */
export type HandoffInput = {
  system: System
  /** the service it is about; one of the system's */
  service: System['services'][number]
  /** the newest Run; null where nothing was proved yet: the artifact then says what is missing */
  run: Run | null
  /** the service as an API, from its document or its source; null where it has none */
  api: Api | null
  /** an OpenAPI 3.1 document of the service, as an object */
  openapi: unknown
}

/**
 * One artifact that another discipline works from.
 *
 * **Contract:** pure; every figure in it comes from the Run and names it; what was not measured is said to be not
 * measured, never filled in.
 */
export type Handoff = {
  id: string
  title: string
  for: 'frontend' | 'security' | 'performance' | 'devops'
  make(input: HandoffInput): readonly HandoffFile[]
}

export const defineHandoff = (handoff: Handoff): Handoff => handoff
