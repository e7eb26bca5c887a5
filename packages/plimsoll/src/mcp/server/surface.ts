import type { Run } from '../../model/run.ts'
import type { Standard } from '../../model/standard.ts'
import type { Tool, ToolContext } from '../../tools/define.ts'
import type { KeptAnswers } from './kept-answers.ts'
import type { Proofs } from './proofs.ts'

/** A pattern of the built-in library, as its folder says. */
export type Pattern = { id: string; title: string; description: string; text: string }

/** What the server shows of one workspace: handed in by the command, so that a test can give less. */
export type Surface = {
  version: string
  tools: readonly Tool[]
  /** what every call is lent; it has no shell, and files of the workspace only */
  lent: Omit<ToolContext, 'signal' | 'onProgress'>
  standards: readonly Standard[]
  /** `family/id` -> Markdown */
  explanations: Readonly<Record<string, string>>
  patterns(): readonly Pattern[]
  /** Markdown */
  renderRun(run: Run, dir: string): string
  /** why a call is not allowed, with what to do instead; null where it is */
  refuse(tool: Tool, input: unknown): string | null
  /** takes secrets out of whatever leaves */
  redact(text: string): string
  /** to whoever started the server, never to the client */
  log(line: string): void
}

/** A surface while it is served: what all connections share. */
export type Served = Surface & {
  proofs: Proofs
  answers: KeptAnswers
  /** aborted when the server ends */
  signal: AbortSignal
}
