import { Fault } from '../../base/errors/fault.ts'
import type { Model } from '../model/model.ts'
import { askModel, type ModelAnswer } from './ask-model.ts'
import type { CallPorts } from './call-ports.ts'
import { shortenOld, summariseOld } from './compact.ts'
import type { Conversation } from './conversation.ts'
import { sizeOf, sizeOfTools, toTokens } from './estimate-tokens.ts'
import { runCalls } from './run-calls.ts'
import type { Meter } from './spending.ts'
import { toSpecs } from './tool-specs.ts'

/** Why the model does not go on; only `stopped` leaves something to settle with it. */
export type Stop =
  | { kind: 'stopped'; said: string }
  | { kind: 'budget'; reason: string; said: string }
  | { kind: 'stuck'; reason: string; said: string }
  | { kind: 'refused'; said: string }

export type LoopPorts = CallPorts & {
  model: Model
  system: string
  temperature: number | null
  meter: Meter
  conversation: Conversation
  /** facts of the journal, for a conversation that became too long */
  note(): Promise<string>
}

/** Beyond it requests cost more and answers get worse, whatever a model could hold. */
const MOST_CONTEXT_TOKENS = 180_000
const MOST_OUTPUT_TOKENS = 32_000
const MOST_CUTS = 3
const MARGIN = 0.95

/** State that outlives one exchange: how a model counts, learned from its answers. */
export type Pace = { tokensPerCharacter: number | null }

const outputTokens = ({ contextTokens }: Model) => Math.min(MOST_OUTPUT_TOKENS, Math.floor(contextTokens / 4))

const roomOf = (model: Model): number =>
  Math.min(MOST_CONTEXT_TOKENS, Math.floor((model.contextTokens - outputTokens(model)) * MARGIN))

const compact = async (ports: LoopPorts, tokensOf: (conversation: Conversation) => number, room: number) => {
  const { conversation, emit } = ports
  const before = tokensOf(conversation)
  conversation.shorten(shortenOld(conversation.messages()))
  // Room for some turns has to be gained, or the next one compacts again.
  const goal = Math.floor(room * 0.6)
  if (tokensOf(conversation) > goal) {
    const note = await ports.note()
    const perCharacter = tokensOf(conversation) / Math.max(1, sizeOf(conversation.messages()))
    const { messages, replaced } = summariseOld(
      conversation.messages(),
      note,
      (candidate) => sizeOf(candidate) * perCharacter <= goal,
    )
    await conversation.replace(messages, note, replaced)
  }
  emit({ kind: 'compacted', before, after: tokensOf(conversation) })
}

const ask = async (ports: LoopPorts, pace: Pace): Promise<ModelAnswer | { budget: string }> => {
  const { model, conversation, meter } = ports
  const tools = toSpecs(ports.tools)
  const fixed = ports.system.length + sizeOfTools(tools)
  const tokensOf = (one: Conversation) => toTokens(fixed + sizeOf(one.messages()), pace.tokensPerCharacter)
  const room = roomOf(model)
  if (tokensOf(conversation) > room) await compact(ports, tokensOf, room)
  for (let attempt = 1; ; attempt += 1) {
    const estimate = tokensOf(conversation)
    const reason = meter.exceeded(estimate)
    if (reason !== null) return { budget: reason }
    const request = {
      system: ports.system,
      messages: conversation.messages(),
      tools,
      maxOutputTokens: outputTokens(model),
      ...(ports.temperature === null ? {} : { temperature: ports.temperature }),
      signal: ports.signal,
    }
    try {
      const answer = await askModel(model, request, ports.emit)
      await count(answer, estimate, fixed, ports, pace)
      return answer
    } catch (thrown) {
      const isTooLong = thrown instanceof Fault && thrown.details.why === 'context'
      if (!isTooLong || attempt > 2) throw thrown
      await compact(ports, tokensOf, Math.floor(estimate * 0.7))
    }
  }
}

const count = async (answer: ModelAnswer, estimate: number, fixed: number, ports: LoopPorts, pace: Pace) => {
  const { meter, conversation, journal, emit } = ports
  const said = answer.text.length + JSON.stringify(answer.calls).length
  const cost = meter.count(answer.usage, { input: estimate, output: toTokens(said, pace.tokensPerCharacter) })
  const sent = fixed + sizeOf(conversation.messages())
  if (answer.usage.input !== null && answer.usage.input > 0)
    pace.tokensPerCharacter = answer.usage.input / sent
  await journal.append({ kind: 'spent', input: cost.input, output: cost.output, dollars: cost.dollars })
  const spent = meter.spent()
  emit({ kind: 'turn', turn: spent.turns, usage: answer.usage, spent })
}

const CUT_TEXT =
  'Your answer reached the limit of its length and was cut; calls in it were not run. Go on in smaller steps: one call, less text.'
const CUT_CALL = 'Not run: the answer was cut before this call was complete. Make it again, smaller.'

/**
 * Asks, runs what was called, and asks again, until the model calls nothing more or may not go on.
 * Throws faults of kind `model`, and the signal's reason on abort.
 */
export const converse = async (ports: LoopPorts, pace: Pace): Promise<Stop> => {
  const { conversation } = ports
  let said = ''
  for (let cuts = 0; ; ) {
    ports.signal.throwIfAborted()
    const answer = await ask(ports, pace)
    if ('budget' in answer) return { kind: 'budget', reason: answer.budget, said }
    if (answer.text.trim() !== '') said = answer.text
    const { text, calls, thoughts } = answer
    await conversation.add({
      role: 'assistant',
      text,
      calls,
      ...(thoughts.length === 0 ? {} : { thoughts }),
    })
    if (answer.reason === 'refused') return { kind: 'refused', said }
    if (answer.reason === 'cut') {
      cuts += 1
      for (const call of calls)
        await conversation.add({ role: 'tool', call: call.id, tool: call.tool, text: CUT_CALL, failed: true })
      if (cuts > MOST_CUTS)
        return { kind: 'stuck', reason: `its answers were cut ${cuts} times in a row`, said }
      await conversation.add({ role: 'user', text: CUT_TEXT })
      continue
    }
    cuts = 0
    if (calls.length === 0) return { kind: 'stopped', said }
    const { stuck } = await runCalls(calls, ports, (message) => conversation.add(message))
    if (stuck !== null) return { kind: 'stuck', reason: stuck, said }
  }
}
