import { z } from 'zod'
import { digestRun } from '../../engine/digest/digest-run.ts'
import { tellDigest } from '../../engine/digest/tell-digest.ts'
import { defineTool } from '../define.ts'
import { withDoor } from '../refuse.ts'

const Input = z.strictObject({
  only: z
    .array(z.string())
    .optional()
    .describe('experiments, inspections, standards or categories; all unless told'),
  skip: z.array(z.string()).optional().describe('what to leave out'),
  budgetSeconds: z
    .number()
    .int()
    .min(5)
    .max(3_600)
    .optional()
    .describe('how long it may take; the most important claims come first'),
  seed: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe('seed of everything random; the same one repeats what was seen'),
})
type Input = z.infer<typeof Input>

/** **Contract:** asks the engine and passes its answer on; decides nothing. */
export default defineTool<Input>({
  id: 'prove',
  title: 'Prove the backend',
  description:
    'Boots the backend in a disposable lab and runs experiments on it: races, faults, access, load, restarts. Answers with what is proven, refuted, inconclusive and not run, and for each finding why, where and how to mend it. Use it after a change, with only set to what the change touches; a whole proof takes minutes. Nothing else counts as done: not tests, not reading the code. What was not run is not proven.',
  input: Input,
  effect: 'executes',
  mcp: true,
  subjects: () => [],
  run: ({ only, skip, budgetSeconds, seed }, context) =>
    withDoor(context, async (door) => {
      const { run } = await door.prove({
        ...(only !== undefined && { only }),
        ...(skip !== undefined && { skip }),
        ...(budgetSeconds !== undefined && { budgetSeconds }),
        ...(seed !== undefined && { seed }),
        onProgress: (line) => context.onProgress?.(line),
        signal: context.signal,
      })
      const digest = digestRun(run)
      return {
        text: tellDigest(digest, undefined, await context.origins?.(run)),
        data: digest,
        links: [{ uri: `plimsoll://runs/${run.id}`, title: `Run ${run.id}` }],
        ...(run.end === 'not-ready' && { failed: true }),
      }
    }),
})
