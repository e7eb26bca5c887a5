/** What the model says in one answer. */
export type SpokenTurn = {
  text?: string
  calls?: readonly {
    tool: string
    /** a text is sent as it is: for arguments that are no JSON */
    input: Record<string, unknown> | string
  }[]
  /** tokens that the provider claims to have counted; absent: by length; null: it says nothing of them */
  usage?: { input: number; output: number; cached?: number } | null
  /** `length`: cut at the limit; `refused`: by the provider's filter */
  end?: 'length' | 'refused'
  /** what it thinks before, signed (Anthropic's only) */
  thought?: string
}

export type Dialect = { stream(turn: SpokenTurn): string; report(type: string, message: string): string }

const USAGE = { input: 100, output: 20, cached: 0 }

let calls = 0
const nextId = (prefix: string) => {
  calls += 1
  return `${prefix}_${calls.toString(36).padStart(8, '0')}`
}

const piecesOf = (text: string, most: number): string[] =>
  text.match(new RegExp(`[\\s\\S]{1,${most}}`, 'g')) ?? []

const argumentsOf = (input: Record<string, unknown> | string) =>
  typeof input === 'string' ? input : JSON.stringify(input)

const openaiReason = ({ end, calls: made = [] }: SpokenTurn) => {
  if (end === 'length') return 'length'
  if (end === 'refused') return 'content_filter'
  return made.length > 0 ? 'tool_calls' : 'stop'
}

/** Chat completions, as OpenAI and the servers that copy it stream them. */
export const openaiStream: Dialect = {
  report: (type, message) => `data: ${JSON.stringify({ error: { type, message, code: null } })}\n\n`,
  stream: (turn) => {
    const head = {
      id: nextId('chatcmpl'),
      object: 'chat.completion.chunk',
      created: 1_790_000_000,
      model: 'scripted',
    }
    const lines: string[] = []
    const send = (delta: unknown, finish: string | null = null) =>
      lines.push(JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason: finish }] }))
    send({ role: 'assistant', content: '' })
    for (const content of piecesOf(turn.text ?? '', 17)) send({ content })
    for (const [index, { tool, input }] of (turn.calls ?? []).entries()) {
      const start = { index, id: nextId('call'), type: 'function' }
      send({ tool_calls: [{ ...start, function: { name: tool, arguments: '' } }] })
      for (const piece of piecesOf(argumentsOf(input), 9))
        send({ tool_calls: [{ index, function: { arguments: piece } }] })
    }
    send({}, openaiReason(turn))
    if (turn.usage !== null) {
      const { input, output, cached = 0 } = turn.usage ?? USAGE
      const usage = {
        ...{ prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
        prompt_tokens_details: { cached_tokens: cached },
      }
      lines.push(JSON.stringify({ ...head, choices: [], usage }))
    }
    return `: keep-alive\n\n${lines.map((line) => `data: ${line}\n\n`).join('')}data: [DONE]\n\n`
  },
}

const anthropicReason = ({ end, calls: made = [] }: SpokenTurn) => {
  if (end === 'length') return 'max_tokens'
  if (end === 'refused') return 'refusal'
  return made.length > 0 ? 'tool_use' : 'end_turn'
}

type Block = { start: Record<string, unknown>; deltas: readonly Record<string, unknown>[] }

const blocksOf = ({ text = '', thought, calls: made = [] }: SpokenTurn): Block[] => [
  ...(thought === undefined
    ? []
    : [
        {
          start: { type: 'thinking', thinking: '', signature: '' },
          deltas: [
            ...piecesOf(thought, 23).map((thinking) => ({ type: 'thinking_delta', thinking })),
            { type: 'signature_delta', signature: 'c2lnbmVkLWJ5LXRoZS1zY3JpcHQ=' },
          ],
        },
      ]),
  ...(text === ''
    ? []
    : [
        {
          start: { type: 'text', text: '' },
          deltas: piecesOf(text, 19).map((piece) => ({ type: 'text_delta', text: piece })),
        },
      ]),
  ...made.map(({ tool, input }) => ({
    start: { type: 'tool_use', id: nextId('toolu'), name: tool, input: {} },
    deltas: piecesOf(argumentsOf(input), 11).map((piece) => ({
      type: 'input_json_delta',
      partial_json: piece,
    })),
  })),
]

/** Messages, as Anthropic streams them: named events, blocks with an index, pings between. */
export const anthropicStream: Dialect = {
  report: (type, message) =>
    `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type, message } })}\n\n`,
  stream: (turn) => {
    const { input, output, cached = 0 } = turn.usage ?? USAGE
    const events: Record<string, unknown>[] = []
    const counted = {
      ...{ input_tokens: input - cached, output_tokens: 1 },
      ...{ cache_read_input_tokens: cached, cache_creation_input_tokens: 0 },
    }
    const message = { id: nextId('msg'), type: 'message', role: 'assistant', model: 'scripted', content: [] }
    events.push({ type: 'message_start', message: { ...message, stop_reason: null, usage: counted } })
    events.push({ type: 'ping' })
    for (const [index, { start, deltas }] of blocksOf(turn).entries()) {
      events.push({ type: 'content_block_start', index, content_block: start })
      for (const delta of deltas) events.push({ type: 'content_block_delta', index, delta })
      events.push({ type: 'content_block_stop', index })
    }
    const delta = { stop_reason: anthropicReason(turn), stop_sequence: null }
    events.push({ type: 'message_delta', delta, usage: { output_tokens: output } })
    events.push({ type: 'message_stop' })
    return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
  },
}
