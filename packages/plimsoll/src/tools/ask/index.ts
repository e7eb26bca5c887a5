import { z } from 'zod'
import { defineTool } from '../define.ts'
import { no } from '../refuse.ts'

const Input = z.strictObject({
  question: z.string().min(1).max(1_000).describe('one question, with what you need to know it for'),
  choices: z
    .array(z.string().min(1).max(200))
    .min(2)
    .max(6)
    .optional()
    .describe('answers to choose from, the one you would take first'),
})
type Input = z.infer<typeof Input>

/** **Contract:** waits for the answer of whoever drives, and for nothing else. */
export default defineTool<Input>({
  id: 'ask',
  title: 'Ask the person',
  description:
    'Asks whoever gave the task, and waits for the answer. Use it when the task can be read in ways that lead to different code, or before something that cannot be taken back. Not for what the code, survey or explain can answer, and not for permission: that is asked for you. One question at a time, with choices where there are some.',
  input: Input,
  effect: 'reads',
  mcp: false,
  subjects: () => [],
  async run({ question, choices }, { ask }) {
    if (ask === undefined) {
      return no(
        'Nobody is there to answer. Take the most careful reading of the task, and say in your last message which one you took.',
      )
    }
    return { text: `Answer: ${await ask(question, choices)}` }
  },
})
