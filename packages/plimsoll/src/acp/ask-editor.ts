import type { Answer, Approval } from '../agent/loop/events.ts'
import {
  type AgentContext,
  methods,
  type PermissionOption,
  type RequestPermissionRequest,
  type ToolCallUpdate,
} from '../vendor/acp.ts'
import { diffContents, kindOf, textContent } from './call-updates.ts'

export type Editor = { client: AgentContext; sessionId: string; root: string; signal: AbortSignal }

const OPTIONS: PermissionOption[] = [
  { optionId: 'once', name: 'Allow', kind: 'allow_once' },
  { optionId: 'session', name: 'Allow for this session', kind: 'allow_always' },
  { optionId: 'no', name: 'No', kind: 'reject_once' },
]

/** What was chosen; null where the editor took the question back, or the session ended meanwhile. */
const choose = async (
  { client, sessionId, signal }: Editor,
  toolCall: ToolCallUpdate,
  options: PermissionOption[],
): Promise<string | null> => {
  const params: RequestPermissionRequest = { sessionId, toolCall, options }
  const waiting = { cancellationSignal: signal, stopWaitingOnCancel: true }
  try {
    const { outcome } = await client.request(methods.client.session.requestPermission, params, waiting)
    return outcome.outcome === 'selected' ? outcome.optionId : null
  } catch (thrown) {
    if (signal.aborted) return null
    throw thrown
  }
}

/** A permission, as the editor's person gives it. */
export const askPermission = async (
  editor: Editor,
  { id, tool, title, subject, reason, diff }: Approval,
): Promise<Answer> => {
  const content = [
    ...(diff === null ? [] : diffContents(diff, editor.root)),
    textContent([subject, reason].filter((text) => text !== '').join('\n\n')),
  ]
  const toolCall = { toolCallId: id === '' ? `ask-${tool}` : id, title, kind: kindOf(tool), content }
  const chosen = await choose(editor, toolCall, OPTIONS)
  return chosen === 'once' || chosen === 'session' ? chosen : 'no'
}

const IN_WORDS =
  'An editor can only offer choices. Put the question into your answer and stop there: the next message is the answer.'

/** A question with choices; the protocol has no other kind. */
export const askChoice = async (
  editor: Editor,
  question: string,
  choices: readonly string[] = [],
): Promise<string> => {
  if (choices.length === 0) return IN_WORDS
  const options = choices.map(
    (name, index): PermissionOption => ({ optionId: String(index), name, kind: 'allow_once' }),
  )
  const chosen = await choose(editor, { toolCallId: 'ask', title: question, kind: 'other' }, options)
  return choices[Number(chosen ?? -1)] ?? '(no answer)'
}
