import type { Journal } from '../journal/journal.ts'
import type { Message } from '../model/model.ts'

/** The messages of a session as the model sees them, each with its entry of the journal. */
export type Conversation = {
  messages(): readonly Message[]
  /** writes it to the journal first */
  add(message: Message): Promise<void>
  /** fewer messages in place of those that are there; the journal keeps all */
  shorten(messages: readonly Message[]): void
  /** a note in place of so many messages after the first */
  replace(messages: readonly Message[], note: string, replaced: number): Promise<void>
}

/**
 * @param start messages that the journal holds already, with the ids of their entries
 */
export const openConversation = (
  journal: Pick<Journal, 'append'>,
  start: readonly { entry: string; message: Message }[] = [],
): Conversation => {
  let messages = start.map(({ message }) => message)
  let entries = start.map(({ entry }) => entry)
  return {
    messages: () => messages,
    add: async (message) => {
      const { id } = await journal.append({ kind: 'message', message })
      messages = [...messages, message]
      entries = [...entries, id]
    },
    shorten: (shorter) => {
      messages = [...shorter]
    },
    replace: async (shorter, note, replaced) => {
      const upTo = entries[replaced] ?? entries[0] ?? ''
      const { id } = await journal.append({ kind: 'compacted', summary: note, upTo })
      messages = [...shorter]
      entries = [entries[0] ?? id, id, ...entries.slice(replaced + 1)]
    },
  }
}
