import { agentParts } from '../agent-parts.ts'
import type { CommandContext } from '../define.ts'
import { doTask } from './do-task.ts'
import type { DoInput } from './index.ts'

/** `plimsoll do`: exit code from the verdict, never from the model's words. */
export const doCommand = (input: DoInput, context: CommandContext): Promise<number> =>
  doTask(input, context, agentParts)
