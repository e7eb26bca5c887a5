import type { z } from 'zod'
import type { ProgressEvent } from '../model/progress.ts'

export type Option = {
  /** `--budget <seconds>`, `--json`, `-o, --out <dir>` */
  flags: string
  description: string
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
}

/**
 * One word of the command line.
 *
 * **Contract:** `load` imports lazily, so that `--help` stays fast. The command returns the exit code; bad input
 * is a Fault. It prints results to stdout and everything else to stderr.
 */
export type Command<Input = unknown> = {
  id: string
  summary: string
  /** `[dir]`, `<id>`, `[task...]` */
  arguments: readonly { name: string; description: string }[]
  options: readonly Option[]
  /** parses arguments (by name, without brackets) and options (camel case) together */
  input: z.ZodType<Input>
  load(): Promise<(input: Input, context: CommandContext) => Promise<number>>
}

export const defineCommand = <Input>(command: Command<Input>): Command => command as unknown as Command
