import type { Message, ToolSpec } from '../model/model.ts'

/** Code and JSON take about one token for three characters with the tokenizers of today. */
const CHARACTERS_PER_TOKEN = 3
/** Role, ids and brackets of one message. */
const FRAME = 24

const lengthOf = (message: Message): number => {
  if (message.role !== 'assistant') return message.text.length + FRAME
  const calls = message.calls.reduce((sum, call) => sum + JSON.stringify(call.input).length + FRAME * 2, 0)
  const thoughts = (message.thoughts ?? []).reduce((sum, each) => sum + JSON.stringify(each).length, 0)
  return message.text.length + calls + thoughts + FRAME
}

/** Characters of a request, before a tokenizer made something of them. */
export const sizeOf = (messages: readonly Message[]): number =>
  messages.reduce((sum, message) => sum + lengthOf(message), 0)

export const sizeOfTools = (tools: readonly ToolSpec[]): number =>
  tools.reduce((sum, tool) => sum + JSON.stringify(tool).length, 0)

/**
 * Tokens for so many characters.
 * @param measured tokens for each character, as the provider counted them before; null while nothing is known
 */
export const toTokens = (characters: number, measured: number | null): number =>
  Math.ceil(characters * (measured ?? 1 / CHARACTERS_PER_TOKEN))
