import type { Fault } from '../base/errors/fault.ts'
import type { CommandContext } from '../commands/define.ts'

/** What and where, then how to mend it; a bug of ours also shows where it broke. */
export const printFault = (failure: Fault, { stderr }: Pick<CommandContext, 'stderr'>): void => {
  const cause = failure.cause instanceof Error ? failure.cause.stack : undefined
  const lines = [
    `✖ ${failure.message.trimEnd()}`,
    `  ${failure.hint}`,
    `  ${failure.code} · exit ${failure.exitCode}`,
    ...(failure.kind === 'bug' && cause !== undefined ? ['', cause] : []),
  ]
  stderr.write(`${lines.join('\n')}\n`)
}
