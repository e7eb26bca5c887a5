import { z } from 'zod'
import { tellAllEvidence } from '../../engine/digest/tell-finding.ts'
import { cutText, MOST_BYTES } from '../cut.ts'
import { defineTool } from '../define.ts'
import { asking, withDoor } from '../refuse.ts'

const Input = z.strictObject({ id: z.string().min(1).describe('id of a finding, such as b7k2') })
type Input = z.infer<typeof Input>

/** **Contract:** asks the engine and passes its answer on; decides nothing. */
export default defineTool<Input>({
  id: 'replay',
  title: 'Execute one finding again',
  description:
    'Executes one finding of a saved Run again, alone, from a clean state with the same seed, against the code as it is now. Use it right after a repair: it is the quickest way to see whether that finding is gone. It says nothing about anything else; before you are done, prove what the change touches.',
  input: Input,
  effect: 'executes',
  mcp: true,
  subjects: () => [],
  run: ({ id }, context) =>
    withDoor(context, async (door) => {
      const { verdict, now, unchanged } = await door.replay(id, asking(context))
      const head = [
        `${id} · ${verdict.title}`,
        `then  ${verdict.status} · ${verdict.detail}`,
        now === null
          ? 'now   the probe no longer speaks of this subject'
          : `now   ${now.status} · ${now.title} · ${now.detail}`,
        ...(unchanged ? ['No file is another than in the Run that found it.'] : []),
      ]
      const evidence = now === null || now.status === 'proven' ? [] : tellAllEvidence(now, MOST_BYTES - 1_500)
      const next =
        now?.status === 'proven'
          ? [`Next: prove {"only":["${verdict.probe}"]}, so that its other subjects are looked at too.`]
          : []
      return {
        text: cutText(
          [...head, ...next, ...evidence].join('\n'),
          MOST_BYTES,
          'findings shows the whole of the first',
        ),
        data: { id, before: verdict.status, after: now?.status ?? null },
      }
    }),
})
