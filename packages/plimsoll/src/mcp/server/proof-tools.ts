import { z } from 'zod'
import { defineTool, type Tool } from '../../tools/define.ts'
import { WaitSeconds } from './call-prove.ts'
import { describeProof } from './describe-proof.ts'
import type { Proof, Proofs } from './proofs.ts'
import { waitForProof } from './wait-for-proof.ts'

const Run = z.string().optional().describe('id of the proof, as "prove" gave it; without one: the newest')

const choose = (proofs: Proofs, id: string | undefined): Proof | null =>
  id === undefined ? (proofs.list().at(-1) ?? null) : proofs.find(id)

const unknown = (proofs: Proofs, id: string | undefined) => {
  const known = proofs.list().map(({ ticket, run }) => run ?? ticket)
  const have = known.length === 0 ? 'none was started here' : `there are ${known.join(', ')}`
  return {
    text: `No proof is called "${id ?? ''}": ${have}. "findings" reads Runs that are saved.`,
    failed: true,
  }
}

/** The tools that proofs in the background need: they belong to this server, not to the registry. */
export const proofTools = (proofs: Proofs): readonly Tool[] => [
  defineTool({
    id: 'proof-state',
    title: 'State of a proof',
    description:
      'Tells where a proof stands that "prove" started: queued, running with what it does now, or its verdict. With waitSeconds it waits for the verdict and sends progress, so that there is no need to ask again and again.',
    input: z.object({ run: Run, waitSeconds: WaitSeconds }),
    effect: 'reads',
    mcp: true,
    subjects: () => [],
    run: async ({ run, waitSeconds }, { signal, onProgress }) => {
      const proof = choose(proofs, run)
      if (proof === null) return unknown(proofs, run)
      await waitForProof(proofs, proof, {
        timeoutMs: waitSeconds * 1_000,
        signal,
        ...(onProgress !== undefined && { onLine: onProgress }),
      })
      return describeProof(proof)
    },
  }),
  defineTool({
    id: 'proof-stop',
    title: 'Stop a proof',
    description:
      'Ends a proof that is queued or running, with its lab. What was judged until then is saved as a partial Run.',
    input: z.object({ run: Run }),
    effect: 'executes',
    mcp: true,
    subjects: () => [],
    run: async ({ run }, { signal }) => {
      const proof = choose(proofs, run)
      if (proof === null) return unknown(proofs, run)
      if (!proofs.stop(proof.ticket)) return describeProof(proof)
      await waitForProof(proofs, proof, { timeoutMs: 20_000, signal })
      return describeProof(proof)
    },
  }),
]
