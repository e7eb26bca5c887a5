import type { Entry } from '../journal/journal.ts'
import type { Message } from '../model/model.ts'

export type Kept = { entry: string; message: Message }

const UNKNOWN =
  'The session was interrupted while this ran: whether it took effect is not known. Look at what is there before you repeat it.'
const NOT_RUN = 'Not run: the session was interrupted before.'

const withCompaction = (kept: readonly Kept[], entry: Extract<Entry, { kind: 'compacted' }>): Kept[] => {
  const note: Kept = { entry: entry.id, message: { role: 'user', text: entry.summary } }
  const last = kept.findIndex((one) => one.entry === entry.upTo)
  const [first] = kept
  if (first === undefined) return [note]
  return [first, note, ...kept.slice(Math.max(0, last) + 1)]
}

/** Every call gets an answer: providers refuse a conversation in which one is missing. */
const answerAll = (kept: readonly Kept[], started: ReadonlySet<string>): Kept[] => {
  const answered = new Set(kept.flatMap(({ message }) => (message.role === 'tool' ? [message.call] : [])))
  const calls = new Set<string>()
  return kept.flatMap((one): Kept[] => {
    const { message } = one
    if (message.role === 'tool') return calls.has(message.call) ? [one] : []
    if (message.role !== 'assistant') return [one]
    for (const call of message.calls) calls.add(call.id)
    const missing = message.calls
      .filter(({ id }) => !answered.has(id))
      .map(
        (call): Kept => ({
          entry: one.entry,
          message: {
            role: 'tool',
            call: call.id,
            tool: call.tool,
            text: started.has(call.id) ? UNKNOWN : NOT_RUN,
            failed: true,
          },
        }),
      )
    return [one, ...missing]
  })
}

/** The conversation as the journal holds it, with an answer for each call that was cut off by a crash. */
export const rebuildMessages = (branch: readonly Entry[]): Kept[] => {
  let kept: Kept[] = []
  const started = new Set<string>()
  for (const entry of branch) {
    if (entry.kind === 'message') kept = [...kept, { entry: entry.id, message: entry.message }]
    if (entry.kind === 'calling') started.add(entry.call)
    if (entry.kind === 'compacted') kept = withCompaction(kept, entry)
  }
  return answerAll(kept, started)
}
