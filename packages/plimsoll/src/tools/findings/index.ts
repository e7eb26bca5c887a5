import { z } from 'zod'
import { nearest } from '../../base/text/nearest.ts'
import { digestRun } from '../../engine/digest/digest-run.ts'
import { tellDigest } from '../../engine/digest/tell-digest.ts'
import { tellVerdict } from '../../engine/digest/tell-finding.ts'
import type { Run } from '../../model/run.ts'
import { defineTool, type ToolAnswer } from '../define.ts'
import { no, withDoor } from '../refuse.ts'

const Input = z.strictObject({
  id: z.string().optional().describe('id of one verdict, such as b7k2, to see its evidence'),
  run: z.string().optional().describe('id of a saved Run; the newest unless told'),
})
type Input = z.infer<typeof Input>

const tellOne = (run: Run, id: string): ToolAnswer => {
  const verdict = run.verdicts.find((one) => one.id === id)
  if (verdict !== undefined) return { text: tellVerdict(run, verdict), data: verdict }
  const close = nearest(
    id,
    run.verdicts.map((one) => one.id),
  )
  return no(
    `Run ${run.id} has no verdict "${id}".${close === null ? ' findings {} lists them.' : ` Did you mean "${close}"?`}`,
  )
}

/** **Contract:** reads saved Runs only; runs nothing. */
export default defineTool<Input>({
  id: 'findings',
  title: 'Show what was found',
  description:
    'Shows the findings of a saved Run, the newest unless told, or one finding with its evidence: the requests and answers, the order of statements that was forced, log lines, figures, and how to mend it. Use it before you mend a finding. It runs nothing: after a change the Run is old, so prove again, or replay one finding.',
  input: Input,
  effect: 'reads',
  mcp: true,
  subjects: () => [],
  run: ({ id, run: named }, context) =>
    withDoor(context, async (door) => {
      const found = door.run(named)
      if (found === null) {
        const ids = door
          .runs()
          .slice(0, 8)
          .map((one) => one.id)
        if (ids.length === 0) return no('There is no Run yet. Make one with prove.')
        return no(`There is no Run "${named ?? ''}". There is: ${ids.join(', ')}.`)
      }
      const link = { uri: `plimsoll://runs/${found.run.id}`, title: `Run ${found.run.id}` }
      if (id !== undefined) return { ...tellOne(found.run, id), links: [link] }
      const digest = digestRun(found.run)
      return {
        text: tellDigest(digest, undefined, await context.origins?.(found.run)),
        data: digest,
        links: [link],
      }
    }),
})
