import { z } from 'zod'
import type { Tool } from '../../tools/define.ts'
import type { CallToolResult, ServerContext } from '../../vendor/mcp-server.ts'
import { answerCall } from './answer-call.ts'
import { lendTo } from './call-tool.ts'
import { describeProof } from './describe-proof.ts'
import { isOver } from './proofs.ts'
import type { Served } from './surface.ts'
import { waitForProof } from './wait-for-proof.ts'

/** A Run has its id as soon as its folder is there; a proof that waits for another one has none yet. */
const ID_WITHIN_MS = 2_000

export const WaitSeconds = z
  .number()
  .min(0)
  .max(600)
  .default(0)
  .describe('how long to wait for the verdict, with progress; 0 answers at once and the proof goes on')

/** The tool's own input, and how long to wait. */
export const proveInput = ({ input }: Tool): z.ZodType =>
  input instanceof z.ZodObject ? input.extend({ waitSeconds: WaitSeconds }) : input

const split = (input: unknown): { waitSeconds: number; wishes: unknown } => {
  const { waitSeconds, ...wishes } = z.looseObject({ waitSeconds: WaitSeconds }).parse(input)
  return { waitSeconds, wishes }
}

/**
 * A proof in the background. It answers with the id of the Run at once, or with the verdict where that comes within
 * the time it was asked to wait for; when the client cancels while it waits, the proof ends.
 */
export const callProve = async (
  served: Served,
  tool: Tool,
  input: unknown,
  context: ServerContext,
): Promise<CallToolResult> => {
  const { waitSeconds, wishes } = split(input)
  const refusal = served.refuse(tool, wishes)
  if (refusal !== null) return answerCall({ text: refusal, failed: true }, served)
  const lent = lendTo(served, context)
  if (lent.door === undefined) return answerCall(await tool.run(wishes, lent), served)
  const proof = served.proofs.begin(lent.door, ({ door, signal, onProgress }) =>
    tool.run(wishes, { ...served.lent, door, onProgress, signal: AbortSignal.any([signal, served.signal]) }),
  )
  const { signal } = lent
  const hasId = () => proof.state !== 'running' || proof.run !== null
  if (served.proofs.list().filter((each) => !isOver(each)).length === 1) {
    const until = () => proof.state !== 'queued' && hasId()
    await waitForProof(served.proofs, proof, { timeoutMs: ID_WITHIN_MS, signal, until })
  }
  lent.onProgress?.(proof.line)
  await waitForProof(served.proofs, proof, {
    timeoutMs: waitSeconds * 1_000,
    signal,
    ...(lent.onProgress !== undefined && { onLine: lent.onProgress }),
  })
  if (signal.aborted) served.proofs.stop(proof.ticket)
  return answerCall(describeProof(proof), served)
}
