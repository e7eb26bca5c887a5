import { z } from 'zod'
import { defineTool, type Todo } from '../define.ts'
import { no } from '../refuse.ts'

const MOST_ITEMS = 40

const Input = z.strictObject({
  items: z
    .array(
      z.strictObject({
        text: z.string().min(1).max(300),
        state: z.enum(['open', 'doing', 'done', 'dropped']),
      }),
    )
    .max(MOST_ITEMS)
    .optional()
    .describe('the whole list as it is now; leave it out to read the list'),
})
type Input = z.infer<typeof Input>

const MARKS: Readonly<Record<Todo['state'], string>> = {
  open: '[ ]',
  doing: '[~]',
  done: '[x]',
  dropped: '[-]',
}

const tell = (items: readonly Todo[]): string =>
  items.length === 0
    ? 'The list is empty.'
    : items.map(({ text, state }) => `${MARKS[state]} ${text}`).join('\n')

/** **Contract:** the list is kept by the surface; a step that is ticked off proves nothing. */
export default defineTool<Input>({
  id: 'todo',
  title: 'Keep the list of steps',
  description:
    'Keeps the list of steps of this task; give the whole list each time. Use it for work of three steps or more: write it first, have one step doing, tick it off as soon as it is done. Not for a single small change. Ticking a step off proves nothing: only prove does.',
  input: Input,
  effect: 'reads',
  mcp: false,
  subjects: () => [],
  async run({ items }, { todo }) {
    if (todo === undefined) return no('No list is kept here. Go on without one.')
    if (items !== undefined) todo.write(items)
    return { text: tell(todo.read()), data: todo.read() }
  },
})
