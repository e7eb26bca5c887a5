import { serveStdio } from '../../acp/serve-stdio.ts'
import { assembleSession } from '../../agent/assemble/assemble-session.ts'
import { version } from '../../instruments/assets/version.ts'
import { agentParts } from '../agent-parts.ts'
import type { CommandContext } from '../define.ts'
import { reserveOutput } from '../reserve-output.ts'
import type { AcpInput } from './index.ts'
import { outcomeMarkdown } from './outcome-markdown.ts'

/** `plimsoll acp`: serves one editor until it is gone, or we are told to end. */
export const acpCommand = async (input: AcpInput, context: CommandContext): Promise<number> => {
  context.progress?.done()
  const output = reserveOutput(context)
  const surface = {
    version: version(),
    renderOutcome: outcomeMarkdown,
    assemble: (
      dir: string,
      wishes: Parameters<typeof assembleSession>[1],
      { onNote }: { onNote(text: string): void },
    ) =>
      assembleSession(dir, { ...wishes, model: input.model ?? null }, agentParts, {
        env: context.env,
        onNote,
      }),
  }
  await serveStdio(surface, { input: context.stdin ?? process.stdin, output }, context.signal)
  return 0
}
