import { parseJson } from '../../base/json/parse-json.ts'
import type { LanguageModelV3StreamPart, LanguageModelV3Usage } from '../../vendor/models.ts'
import type { ModelEvent, ProviderNotes, Thought, ToolCall, Usage } from './model.ts'

/** A stream that ended before it said so. */
export class Cut extends Error {
  override readonly name = 'Cut'
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const toInput = (text: string): ToolCall['input'] => {
  if (text.trim() === '') return {}
  const value = parseJson(text)
  return isObject(value) ? value : { malformed: text }
}

const toNotes = (metadata: unknown): ProviderNotes => JSON.parse(JSON.stringify(metadata ?? {}))

const toUsage = ({ inputTokens, outputTokens }: LanguageModelV3Usage): Usage => ({
  input: inputTokens.total ?? null,
  output: outputTokens.total ?? null,
  cachedInput: inputTokens.cacheRead ?? null,
  cacheWrite: inputTokens.cacheWrite ?? null,
})

type Finish = Extract<LanguageModelV3StreamPart, { type: 'finish' }>

const toReason = ({ finishReason }: Finish, hasCalls: boolean) => {
  if (finishReason.unified === 'length') return 'cut'
  if (finishReason.unified === 'content-filter') return 'refused'
  return hasCalls ? 'calls' : 'stop'
}

const addThought = (thoughts: Map<string, Thought>, id: string, text: string, metadata: unknown) => {
  const before = thoughts.get(id) ?? { text: '', provider: {} }
  const provider = { ...before.provider }
  for (const [name, notes] of Object.entries(toNotes(metadata)))
    provider[name] = { ...provider[name], ...notes }
  thoughts.set(id, { text: before.text + text, provider })
}

/**
 * One answer as events. Throws what the stream itself reports as an error, and `Cut` where it stops before it is
 * finished.
 * @param idOf the tool that a name on the wire stands for
 */
export async function* readStream(
  parts: AsyncIterable<LanguageModelV3StreamPart>,
  idOf: (name: string) => string,
): AsyncGenerator<ModelEvent> {
  const thoughts = new Map<string, Thought>()
  let calls = 0
  for await (const part of parts) {
    if (part.type === 'text-delta' && part.delta !== '') yield { kind: 'text', text: part.delta }
    if (part.type === 'reasoning-start') addThought(thoughts, part.id, '', part.providerMetadata)
    if (part.type === 'reasoning-delta') addThought(thoughts, part.id, part.delta, part.providerMetadata)
    if (part.type === 'reasoning-end') addThought(thoughts, part.id, '', part.providerMetadata)
    if (part.type === 'error') throw part.error
    if (part.type === 'tool-call') {
      calls += 1
      const provider = part.providerMetadata === undefined ? {} : { provider: toNotes(part.providerMetadata) }
      const call = { id: part.toolCallId, tool: idOf(part.toolName), input: toInput(part.input), ...provider }
      yield { kind: 'call', call }
    }
    if (part.type === 'finish') {
      if (part.finishReason.unified === 'error') throw new Cut('the stream reported an error at its end')
      const kept = [...thoughts.values()].filter((each) => Object.keys(each.provider).length > 0)
      yield {
        kind: 'end',
        reason: toReason(part, calls > 0),
        usage: toUsage(part.usage),
        ...(kept.length === 0 ? {} : { thoughts: kept }),
      }
      return
    }
  }
  throw new Cut('the stream ended in the middle of the answer')
}
