import { z } from 'zod'
import { cutTo } from '../../base/text/fit.ts'
import { nearest } from '../../base/text/nearest.ts'
import type { Door } from '../../engine/door/door.ts'
import { cutText, MOST_BYTES } from '../cut.ts'
import { defineTool } from '../define.ts'
import { no, withDoor } from '../refuse.ts'

const Input = z.strictObject({
  id: z
    .string()
    .optional()
    .describe('experiment, inspection, standard or finding; leave it out for the list'),
})
type Input = z.infer<typeof Input>

const titleOf = (text: string | null) => /^# (.+)$/m.exec(text ?? '')?.[1] ?? ''

/** Experiments with their titles, because `only` is chosen from them; of the others the ids. */
const list = (door: Door): string => {
  const idsOf = (family: string) =>
    door
      .topics()
      .filter((topic) => topic.startsWith(`${family}/`))
      .map((topic) => topic.slice(family.length + 1))
  return [
    'experiments:',
    ...idsOf('experiments').map((id) => cutTo(`  ${id}: ${titleOf(door.explain(id))}`, 120)),
    `inspections: ${idsOf('inspections').join(', ')}`,
    `standards: ${idsOf('standards').join(', ')}`,
  ].join('\n')
}

/** **Contract:** reads only. */
export default defineTool<Input>({
  id: 'explain',
  title: 'Explain a claim',
  description:
    'Explains an experiment, inspection, standard or finding: why it matters, how it is measured, how to mend it, and what a verdict on it does not say. Use it when you do not know what a finding means or which experiment proves something; without an id it lists the ids, which prove takes in only. For what happened in this backend use findings.',
  input: Input,
  effect: 'reads',
  mcp: true,
  subjects: () => [],
  run: ({ id }, context) =>
    withDoor(context, async (door) => {
      if (id === undefined) return { text: cutText(list(door), MOST_BYTES, 'ask for one by its id') }
      const text = door.explain(id)
      if (text !== null) return { text: cutText(text.trim(), MOST_BYTES, `plimsoll explain ${id}`) }
      const close = nearest(
        id,
        door.topics().map((topic) => topic.split('/')[1] ?? ''),
      )
      return no(
        `Nothing here is called "${id}".${close === null ? ' explain {} lists what there is.' : ` Did you mean "${close}"?`}`,
      )
    }),
})
