import type { Json } from '../../base/json/json.ts'

/** Tokens of one answer, as the provider counts them; null where it does not say. */
export type Usage = {
  /** all of it, with what came from a cache and what was written to one */
  input: number | null
  output: number | null
  cachedInput: number | null
  /** input that was written to a cache, where that costs more */
  cacheWrite?: number | null
}

/** US dollars for a million tokens. */
export type Price = { input: number; output: number; cachedInput: number; cacheWrite?: number }

/** What a provider wants to have back unread with the next request: signatures, encrypted thoughts. */
export type ProviderNotes = { [provider: string]: { [key: string]: Json } }

/** What a model thought before it spoke; goes back to the same model, and to nobody else. */
export type Thought = { text: string; provider: ProviderNotes }

export type ToolCall = {
  id: string
  tool: string
  /** the arguments as an object; `{ malformed }` holds the text where it was no JSON */
  input: Record<string, unknown> | { malformed: string }
  provider?: ProviderNotes
}

export type Message =
  | { role: 'user'; text: string }
  | { role: 'assistant'; text: string; calls: readonly ToolCall[]; thoughts?: readonly Thought[] }
  | { role: 'tool'; call: string; tool: string; text: string; failed: boolean }

/** A tool as a model is told of it. */
export type ToolSpec = { id: string; description: string /** JSON Schema of an object */; input: unknown }

export type ModelRequest = {
  system: string
  messages: readonly Message[]
  tools: readonly ToolSpec[]
  maxOutputTokens?: number
  temperature?: number
  signal: AbortSignal
}

export type ModelEvent =
  | { kind: 'text'; text: string }
  | { kind: 'call'; call: ToolCall }
  /** waits before it tries again; what this answer said so far is void */
  | { kind: 'retry'; attempt: number; waitMs: number; reason: string }
  /** always last; `cut`: the answer was longer than allowed */
  | {
      kind: 'end'
      reason: 'stop' | 'calls' | 'cut' | 'refused'
      usage: Usage
      thoughts?: readonly Thought[]
    }

/**
 * A language model.
 *
 * **Contract:** `stream` retries by itself what is worth it (429, 5xx, a stream that was cut) with back-off that the
 * provider may dictate, then throws a fault of kind `model`, whose detail `why` is `context` where the request was too
 * long; it ends with exactly one `end`; on abort it throws the signal's reason. It knows nothing of tools beyond their
 * names.
 */
export type Model = {
  /** `anthropic/claude-…` as it was resolved */
  id: string
  /** tokens that fit into one request */
  contextTokens: number
  /** null where it is not known: money is then not counted, and that is said */
  price: Price | null
  stream(request: ModelRequest): AsyncIterable<ModelEvent>
}
