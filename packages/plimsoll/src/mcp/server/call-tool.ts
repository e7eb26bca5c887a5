import type { Tool, ToolContext } from '../../tools/define.ts'
import type { CallToolResult, ServerContext } from '../../vendor/mcp-server.ts'
import { answerCall, answerFault } from './answer-call.ts'
import { progressOf } from './progress.ts'
import type { Served } from './surface.ts'

/** What one call is lent. */
export const lendTo = (served: Served, context: ServerContext): ToolContext => {
  const onProgress = progressOf(context, served.redact)
  return {
    ...served.lent,
    signal: AbortSignal.any([context.mcpReq.signal, served.signal]),
    ...(onProgress !== undefined && { onProgress }),
  }
}

/** One call of a tool: what it may not do is refused, what it throws becomes an answer. */
export const callTool = async (
  served: Served,
  tool: Tool,
  input: unknown,
  context: ServerContext,
): Promise<CallToolResult> => {
  const refusal = served.refuse(tool, input)
  if (refusal !== null) return answerCall({ text: refusal, failed: true }, served)
  try {
    return answerCall(await tool.run(input, lendTo(served, context)), served)
  } catch (thrown) {
    return answerCall(answerFault(thrown, served.log), served)
  }
}
