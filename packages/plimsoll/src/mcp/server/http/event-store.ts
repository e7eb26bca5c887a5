import type { EventStore, JSONRPCMessage } from '../../../vendor/mcp-server.ts'

const KEEP = 500

type Kept = { id: string; stream: string; message: JSONRPCMessage }

/** The last 500 messages of a session, for a client whose stream broke off and that asks for the rest. */
export const keepEvents = (): EventStore => {
  const kept: Kept[] = []
  let count = 0
  return {
    storeEvent: async (stream, message) => {
      count += 1
      const id = `${count}`
      kept.push({ id, stream, message })
      if (kept.length > KEEP) kept.shift()
      return id
    },
    getStreamIdForEventId: async (id) => kept.find((event) => event.id === id)?.stream,
    replayEventsAfter: async (last, { send }) => {
      const from = kept.findIndex(({ id }) => id === last)
      const stream = kept[from]?.stream ?? ''
      // The event that only opened the stream has no message to send again.
      const missed = kept.slice(from + 1).filter((event) => from >= 0 && event.stream === stream)
      for (const { id, message } of missed) if ('jsonrpc' in message) await send(id, message)
      return stream
    },
  }
}
