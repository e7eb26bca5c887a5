import type { Entry } from '../agent/journal/journal.ts'
import { describeCall } from '../agent/loop/describe-call.ts'
import { FROM_ENGINE } from '../agent/session/compaction-note.ts'
import type { SessionUpdate } from '../vendor/acp.ts'
import { kindOf, locationsOf, textContent } from './call-updates.ts'
import { planOf } from './event-updates.ts'

const chunk = (sessionUpdate: 'user_message_chunk' | 'agent_message_chunk', text: string): SessionUpdate => ({
  sessionUpdate,
  content: { type: 'text', text },
})

/** A session as an editor shows it again: what was said, and every call with its end. */
export const historyUpdates = (branch: readonly Entry[], root: string): SessionUpdate[] =>
  branch.flatMap((entry): SessionUpdate[] => {
    if (entry.kind !== 'message') return []
    const { message } = entry
    if (message.role === 'user') {
      return message.text.startsWith(FROM_ENGINE) ? [] : [chunk('user_message_chunk', message.text)]
    }
    if (message.role === 'tool') {
      const status = message.failed ? 'failed' : 'completed'
      const content = [textContent(message.text)]
      return [{ sessionUpdate: 'tool_call_update', toolCallId: message.call, status, content }]
    }
    const said = message.text === '' ? [] : [chunk('agent_message_chunk', message.text)]
    const calls = message.calls.flatMap((call): SessionUpdate[] => [
      {
        sessionUpdate: 'tool_call',
        toolCallId: call.id,
        title: describeCall(call.tool, call.input),
        kind: kindOf(call.tool),
        status: 'in_progress',
        locations: locationsOf(call.tool, call.input, root),
      },
      ...(call.tool === 'todo' ? planOf(call.input) : []),
    ])
    return [...said, ...calls]
  })
