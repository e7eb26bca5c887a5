import { z } from 'zod'
import type { Tool } from '../../tools/define.ts'
import type { CallToolResult, ServerContext } from '../../vendor/mcp-server.ts'
import { answerCall } from './answer-call.ts'
import { callTool } from './call-tool.ts'
import { describeProof } from './describe-proof.ts'
import { isOver } from './proofs.ts'
import type { Served } from './surface.ts'

const NamesRun = z.looseObject({ run: z.string() })

/**
 * A call that may name a proof of this server where it wants a Run: one that goes on has a state and no Run yet, one
 * that is over is known by the id of its Run.
 */
export const callAboutRun = async (
  served: Served,
  tool: Tool,
  input: unknown,
  context: ServerContext,
): Promise<CallToolResult> => {
  const named = NamesRun.safeParse(input)
  const proof = named.success ? served.proofs.find(named.data.run) : null
  if (proof === null || !named.success) return callTool(served, tool, input, context)
  if (!isOver(proof)) return answerCall(describeProof(proof), served)
  return callTool(served, tool, { ...named.data, run: proof.run ?? named.data.run }, context)
}
