import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { AgentEvent, Answer, Approval } from '../agent/loop/events.ts'
import type { ProgressEvent } from '../model/progress.ts'

export type Option = {
  /** `--budget <seconds>`, `--json`, `-o, --out <dir>` */
  flags: string
  description: string
}

/** A conversation with whoever sits at the terminal, on stderr. Nobody can be asked where nobody sits. */
export type Talk = {
  on(event: AgentEvent): void
  approve: ((approval: Approval) => Promise<Answer>) | null
  ask: ((question: string, choices?: readonly string[]) => Promise<string>) | null
  /** what to do next; null: that was all */
  next: (() => Promise<string | null>) | null
  /** leaves a clean screen; it may go on after that */
  done(): void
}

/** The streams and the outside a command runs in, so that a test can give its own. */
export type CommandContext = {
  cwd: string
  stdout: { write(text: string): unknown; isTTY?: boolean; columns?: number }
  stderr: { write(text: string): unknown; isTTY?: boolean; columns?: number }
  env: Readonly<Record<string, string | undefined>>
  /** aborted with the signal's name when the user wants us to end */
  signal: AbortSignal
  /** draws what goes on, on stderr; `done` leaves a clean screen */
  progress?: { on(event: ProgressEvent): void; done(): void }
  /** what another program writes to us; default the process's own */
  stdin?: Readable
  /** draws a session of the agent, and asks */
  talk?: Talk
}

/**
 * One word of the command line.
 *
 * **Contract:** `load` imports lazily, so that `--help` stays fast. The command returns the exit code; bad input
 * is a Fault. It prints results to stdout and everything else to stderr.
 */
export type Command<Input = unknown> = {
  id: string
  /** what somebody wants to do who looks for it in the list */
  group: 'prove' | 'build' | 'connect'
  /** one line beside its name in 80 columns: 62 characters at the most */
  summary: string
  /** `[dir]`, `<id>`, `[task...]` */
  arguments: readonly { name: string; description: string }[]
  options: readonly Option[]
  /** parses arguments (by name, without brackets) and options (camel case) together */
  input: z.ZodType<Input>
  load(): Promise<(input: Input, context: CommandContext) => Promise<number>>
}

export const defineCommand = <Input>(command: Command<Input>): Command => command as unknown as Command
