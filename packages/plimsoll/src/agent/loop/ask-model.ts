import type { Model, ModelRequest, Thought, ToolCall, Usage } from '../model/model.ts'
import type { AgentEvent } from './events.ts'

export type ModelAnswer = {
  text: string
  calls: readonly ToolCall[]
  reason: 'stop' | 'calls' | 'cut' | 'refused'
  usage: Usage
  thoughts: readonly Thought[]
}

/** One answer, whole; what was said before a retry is void. Throws what the model throws. */
export const askModel = async (
  model: Model,
  request: ModelRequest,
  emit: (event: AgentEvent) => void,
): Promise<ModelAnswer> => {
  let text = ''
  let calls: ToolCall[] = []
  for await (const event of model.stream(request)) {
    if (event.kind === 'text') {
      text += event.text
      emit({ kind: 'text', text: event.text })
    } else if (event.kind === 'call') {
      calls.push(event.call)
    } else if (event.kind === 'retry') {
      text = ''
      calls = []
      emit(event)
    } else {
      return { text, calls, reason: event.reason, usage: event.usage, thoughts: event.thoughts ?? [] }
    }
  }
  throw new Error('the model ended without saying so')
}
