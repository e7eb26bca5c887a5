import { z } from 'zod'
import { cutText, MOST_BYTES } from '../cut.ts'
import { defineTool } from '../define.ts'
import { no } from '../refuse.ts'

const Input = z.strictObject({
  agent: z.string().min(1).describe('name of the agent: frontend, security, performance, devops, …'),
  task: z.string().min(1).max(8_000).describe('all it needs to know: it sees nothing of this conversation'),
})
type Input = z.infer<typeof Input>

/** **Contract:** the child may do no more than its parent; what it came to is the engine's word where there is one. */
export default defineTool<Input>({
  id: 'delegate',
  title: 'Hand a part to another agent',
  description:
    'Lets another agent do a part of the task and answers with what it came to. Use it for work of another trade: screens and components (frontend), a threat model (security), load and profiles (performance), deployment (devops). Not for backend work that you can do yourself. The agent sees only what you write into task, may do no more than you, and its time and tokens count as yours.',
  input: Input,
  effect: 'delegates',
  mcp: false,
  subjects: ({ agent }) => [{ kind: 'agent', text: agent.replace(/^@/, '') }],
  async run({ agent, task }, { delegate }) {
    if (delegate === undefined)
      return no('No other agent can be asked here. Do the part yourself, or leave it out and say so.')
    const done = await delegate(agent.replace(/^@/, ''), task)
    const text = cutText(done.text, MOST_BYTES - 200, 'the rest is in the journal of that agent')
    return { text: `${done.agent}: ${done.outcome}\n${text}`, data: done }
  },
})
