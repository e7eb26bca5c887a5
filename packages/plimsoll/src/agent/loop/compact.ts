import type { Message, ToolCall } from '../model/model.ts'

type Assistant = Extract<Message, { role: 'assistant' }>

/** Newest turns whose tool answers stay whole. */
const WHOLE_TURNS = 4
const FEWEST_TURNS = 2
const OLD_TEXT = 600
const TIGHT_TEXT = 1_500

const shorten = (text: string, most: number): string =>
  text.length <= most
    ? text
    : `${text.slice(0, Math.floor(most * 0.7))}\n… (${text.length - most} characters left out to save room; ask again where they matter) …\n${text.slice(-Math.floor(most * 0.2))}`

const shortenInput = (input: ToolCall['input'], most: number): ToolCall['input'] =>
  Object.fromEntries(
    Object.entries(input).map(([key, value]) => [
      key,
      typeof value === 'string' ? shorten(value, most) : value,
    ]),
  )

/** Signed thoughts belong to an unchanged conversation; once it is shortened they are left out. */
const withoutThoughts = ({ role, text, calls }: Assistant): Assistant => ({ role, text, calls })

const shortenMessage = (message: Message, most: number): Message => {
  if (message.role === 'tool') return { ...message, text: shorten(message.text, most) }
  if (message.role === 'user') return message
  return {
    ...withoutThoughts(message),
    calls: message.calls.map((call) => ({ ...call, input: shortenInput(call.input, most) })),
  }
}

/** Where each answer of the model begins: a conversation may be cut there and nowhere else. */
const turnStarts = (messages: readonly Message[]): number[] =>
  messages.flatMap((message, index) => (message.role === 'assistant' ? [index] : []))

/** Tool answers and arguments of all but the newest turns, shortened to their beginning and end. */
export const shortenOld = (messages: readonly Message[]): Message[] => {
  const border = turnStarts(messages).at(-WHOLE_TURNS) ?? 0
  return messages.map((message, index) => {
    if (index >= border) return message.role === 'assistant' ? withoutThoughts(message) : message
    return shortenMessage(message, OLD_TEXT)
  })
}

export type Compacted = {
  messages: readonly Message[]
  /** how many of the given ones, from the second on, the note stands for */
  replaced: number
}

/**
 * The task, a note in place of what was long ago, and the newest turns.
 * @param note facts of the journal that have to be known: files, obligations, open refutations, todo
 * @param fits whether a conversation is short enough
 */
export const summariseOld = (
  messages: readonly Message[],
  note: string,
  fits: (messages: readonly Message[]) => boolean,
): Compacted => {
  const [task, ...rest] = messages
  if (task === undefined) return { messages, replaced: 0 }
  const starts = turnStarts(rest)
  const put = (from: number, most: number | null): Message[] => [
    task,
    { role: 'user', text: note },
    ...rest.slice(from).map((message) => {
      if (most !== null) return shortenMessage(message, most)
      return message.role === 'assistant' ? withoutThoughts(message) : message
    }),
  ]
  for (let turns = starts.length - 1; turns >= FEWEST_TURNS; turns -= 1) {
    const from = starts.at(-turns) ?? 0
    const candidate = put(from, null)
    if (fits(candidate)) return { messages: candidate, replaced: from }
  }
  const from = starts.at(-FEWEST_TURNS) ?? 0
  return { messages: put(from, TIGHT_TEXT), replaced: from }
}
