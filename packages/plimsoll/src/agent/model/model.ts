/** Tokens of one answer, as the provider counts them; null where it does not say. */
export type Usage = { input: number | null; output: number | null; cachedInput: number | null }

/** US dollars for a million tokens. */
export type Price = { input: number; output: number; cachedInput: number }

export type ToolCall = {
  id: string
  tool: string
  /** the arguments as an object; `{ malformed }` holds the text where it was no JSON */
  input: Record<string, unknown> | { malformed: string }
}

export type Message =
  | { role: 'user'; text: string }
  | { role: 'assistant'; text: string; calls: readonly ToolCall[] }
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
  /** waits before it tries again */
  | { kind: 'retry'; attempt: number; waitMs: number; reason: string }
  /** always last; `cut`: the answer was longer than allowed */
  | { kind: 'end'; reason: 'stop' | 'calls' | 'cut' | 'refused'; usage: Usage }

/**
 * A language model.
 *
 * **Contract:** `stream` retries by itself what is worth it (429, 5xx, a stream that was cut before anything was said
 * or done) with back-off that the provider may dictate, then throws a fault of kind `model`; it ends with exactly one
 * `end`; on abort it throws the signal's reason. It knows nothing of tools beyond their names.
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
