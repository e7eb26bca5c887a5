import { z } from 'zod'
import { unifiedDiff } from '../../base/text/unified-diff.ts'
import type { Patch } from '../../model/patch.ts'
import { cutText, MOST_BYTES } from '../cut.ts'
import { defineTool } from '../define.ts'
import { no, withDoor } from '../refuse.ts'

const Input = z.strictObject({ finding: z.string().min(1).describe('id of a finding, such as b7k2') })
type Input = z.infer<typeof Input>

const tell = ({ title, by, changes }: Patch): string =>
  [
    `${by}: ${title}`,
    ...changes.map(({ file, before, after }) => unifiedDiff(file, before, after).trimEnd()),
  ].join('\n')

/** **Contract:** proposes; applies nothing, and says nothing of whether it works. */
export default defineTool<Input>({
  id: 'fix-preview',
  title: 'Show what a fixer would change',
  description:
    'Shows, as a diff, what the built-in fixers would change for a finding of the newest Run. Use it before you write a repair by hand: where a fixer has one, it is small and keeps the formatting. Applies nothing and proves nothing: apply it with patch, then replay the finding. Says so where no fixer has anything to offer.',
  input: Input,
  effect: 'reads',
  mcp: true,
  subjects: () => [],
  run: ({ finding }, context) =>
    withDoor(context, async (door) => {
      const patches = await door.preview(finding)
      if (patches.length === 0)
        return no(
          `No fixer has anything to offer for ${finding}. findings {"id":"${finding}"} says how to mend it by hand.`,
        )
      const text = patches.map(tell).join('\n\n')
      return { text: cutText(text, MOST_BYTES, `plimsoll fix ${finding}`), data: patches }
    }),
})
