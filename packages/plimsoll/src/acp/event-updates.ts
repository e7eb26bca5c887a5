import { describeCall } from '../agent/loop/describe-call.ts'
import type { AgentEvent } from '../agent/loop/events.ts'
import type { Obligation } from '../agent/obligations/obligation.ts'
import { formatDuration } from '../base/text/numbers.ts'
import type { PlanEntry, SessionUpdate } from '../vendor/acp.ts'
import { diffContents, kindOf, locationsOf, textContent } from './call-updates.ts'

const MOST_TEXT = 8_000

const thought = (text: string): SessionUpdate => ({
  sessionUpdate: 'agent_thought_chunk',
  content: { type: 'text', text: `${text}\n` },
})

const PLAN_STATES: Readonly<Record<string, PlanEntry['status']>> = { doing: 'in_progress', done: 'completed' }

/** The list of steps that the agent keeps, from the call that writes it. */
export const planOf = (input: unknown): SessionUpdate[] => {
  if (typeof input !== 'object' || input === null || !('items' in input) || !Array.isArray(input.items))
    return []
  const entries = input.items.flatMap((item: unknown): PlanEntry[] => {
    if (typeof item !== 'object' || item === null || !('text' in item) || !('state' in item)) return []
    if (item.state === 'dropped') return []
    const status = PLAN_STATES[String(item.state)] ?? 'pending'
    return [{ content: String(item.text), priority: 'medium', status }]
  })
  return [{ sessionUpdate: 'plan', entries }]
}

const obligationText = ({ probe, state, subjects, detail }: Obligation) =>
  `- ${state.replace('-', ' ')}: ${probe}${subjects.length === 0 ? '' : ` (${subjects.join(', ')})`}${detail === '' ? '' : `: ${detail}`}`

/** What an editor is told of an event; the calls that it knows are remembered from one event to the next. */
export const createUpdates = (root: string): ((event: AgentEvent) => SessionUpdate[]) => {
  let proofs = 0
  let proof: string | null = null
  const openProof = (): SessionUpdate[] => {
    if (proof !== null) return []
    proofs += 1
    proof = `proof-${proofs}`
    const title = 'prove what the change has to hold'
    return [{ sessionUpdate: 'tool_call', toolCallId: proof, title, kind: 'execute', status: 'in_progress' }]
  }
  const closeProof = (text: string, isGood: boolean): SessionUpdate[] => {
    const begun = openProof()
    const toolCallId = proof ?? ''
    proof = null
    const status = isGood ? 'completed' : 'failed'
    return [...begun, { sessionUpdate: 'tool_call_update', toolCallId, status, content: [textContent(text)] }]
  }
  return (event) => {
    switch (event.kind) {
      case 'begin':
        return event.enforcement.map(thought)
      case 'text':
        return [{ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: event.text } }]
      case 'call':
        return [
          {
            sessionUpdate: 'tool_call',
            toolCallId: event.id,
            title: describeCall(event.tool, event.input),
            kind: kindOf(event.tool),
            status: 'in_progress',
            rawInput: event.input,
            locations: locationsOf(event.tool, event.input, root),
          },
          ...(event.tool === 'todo' ? planOf(event.input) : []),
        ]
      case 'progress': {
        const isProof = event.id === 'proof'
        const begun = isProof ? openProof() : []
        const toolCallId = isProof ? (proof ?? '') : event.id
        return [
          ...begun,
          { sessionUpdate: 'tool_call_update', toolCallId, content: [textContent(event.text)] },
        ]
      }
      case 'answer':
        return [
          {
            sessionUpdate: 'tool_call_update',
            toolCallId: event.id,
            status: event.failed ? 'failed' : 'completed',
            content: [
              ...(event.diff === null ? [] : diffContents(event.diff, root)),
              ...(event.text === '' ? [] : [textContent(event.text.slice(0, MOST_TEXT))]),
            ],
          },
        ]
      case 'denied':
        return [
          {
            sessionUpdate: 'tool_call_update',
            toolCallId: event.id,
            status: 'failed',
            content: [textContent(`Not allowed: ${event.reason}`)],
          },
        ]
      case 'obligations': {
        const isOpen = event.obligations.some(({ state }) => state === 'not-run')
        if (isOpen && proof === null) return openProof()
        const weakened = event.weakened.map(({ file, how }) => `- weakened: ${file}: ${how}`)
        const text = [...event.obligations.map(obligationText), ...weakened].join('\n')
        const isGood = weakened.length === 0 && event.obligations.every(({ state }) => state !== 'refuted')
        return closeProof(text, isGood)
      }
      case 'retry':
        return [thought(`Again in ${formatDuration(event.waitMs)}: ${event.reason}`)]
      case 'compacted':
        return [thought(`Earlier messages were summed up: ${event.before} tokens are ${event.after} now.`)]
      case 'note':
        return [thought(event.text)]
      case 'turn':
      case 'end':
        return []
    }
  }
}
