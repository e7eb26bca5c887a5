import type { LanguageModelV3CallOptions, LanguageModelV3Message } from '../../vendor/models.ts'
import type { Message, ModelRequest, ToolSpec } from './model.ts'

type Tools = NonNullable<LanguageModelV3CallOptions['tools']>
type Part = Extract<LanguageModelV3Message, { role: 'assistant' }>['content'][number]

const CACHED = { anthropic: { cacheControl: { type: 'ephemeral' } } }

/** `mcp:context7:query-docs` -> `mcp_context7_query-docs`: what every provider takes for a name. */
export const wireName = (tool: string): string => tool.replaceAll(/[^\w-]/g, '_').slice(0, 64)

const toPart = (message: Extract<Message, { role: 'assistant' }>): Part[] => [
  ...(message.thoughts ?? []).map(
    (thought): Part => ({
      type: 'reasoning',
      text: thought.text,
      providerOptions: thought.provider,
    }),
  ),
  ...(message.text.trim() === '' ? [] : [{ type: 'text', text: message.text } satisfies Part]),
  ...message.calls.map(
    (call): Part => ({
      type: 'tool-call',
      toolCallId: call.id,
      toolName: wireName(call.tool),
      input: call.input,
      ...(call.provider === undefined ? {} : { providerOptions: call.provider }),
    }),
  ),
]

const toMessage = (message: Message): LanguageModelV3Message => {
  if (message.role === 'user') return { role: 'user', content: [{ type: 'text', text: message.text }] }
  if (message.role === 'assistant') return { role: 'assistant', content: toPart(message) }
  return {
    role: 'tool',
    content: [
      {
        type: 'tool-result',
        toolCallId: message.call,
        toolName: wireName(message.tool),
        output: { type: message.failed ? 'error-text' : 'text', value: message.text },
      },
    ],
  }
}

/** An answer that said nothing at all cannot be sent back: providers refuse an empty message. */
const saysSomething = (message: Message): boolean =>
  message.role !== 'assistant' || message.calls.length > 0 || message.text.trim() !== ''

const toTool = (tool: ToolSpec, isLast: boolean): Tools[number] => ({
  type: 'function',
  name: wireName(tool.id),
  description: tool.description,
  inputSchema: { type: 'object', ...(typeof tool.input === 'object' ? tool.input : {}) },
  ...(isLast ? { providerOptions: CACHED } : {}),
})

/** A request in the providers' words; the marks for a cache stand on the system prompt, the tools and the last message. */
export const toOptions = (request: ModelRequest, signal: AbortSignal): LanguageModelV3CallOptions => {
  const said = request.messages.filter(saysSomething)
  return {
    prompt: [
      { role: 'system', content: request.system, providerOptions: CACHED },
      ...said.map((message, index) =>
        index === said.length - 1 ? { ...toMessage(message), providerOptions: CACHED } : toMessage(message),
      ),
    ],
    ...(request.tools.length === 0
      ? {}
      : { tools: request.tools.map((tool, index) => toTool(tool, index === request.tools.length - 1)) }),
    ...(request.maxOutputTokens === undefined ? {} : { maxOutputTokens: request.maxOutputTokens }),
    ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
    // Kept out of the provider's storage, and the raw chunks tell that a silent stream is alive.
    providerOptions: { openai: { store: false } },
    includeRawChunks: true,
    abortSignal: signal,
  }
}
