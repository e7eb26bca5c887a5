import { setTimeout as wait } from 'node:timers/promises'
import { version } from '../../instruments/assets/version.ts'
import type { Supervisor } from '../../instruments/process/process.ts'
import type { McpServerWish } from '../../model/config.ts'
import { type CallToolResult, Client, type Tool } from '../../vendor/mcp-client.ts'
import { type OpenTransport, openTransport } from './open-transport.ts'

/** A server that was not there, left, or did not answer; `message` says which. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

export type CallOptions = { signal: AbortSignal; onProgress?(text: string): void }

/** One server, started at the first need. `list` and `call` throw Unreachable where it cannot be spoken to. */
export type Connection = {
  list(signal: AbortSignal): Promise<readonly Tool[]>
  call(tool: string, input: Record<string, unknown>, options: CallOptions): Promise<CallToolResult>
  close(): Promise<void>
}

export type Limits = { startMs: number; callMs: number }

/** A start may have to load a runtime; a call that tells of progress may take ten times as long. */
export const LIMITS: Limits = { startMs: 20_000, callMs: 60_000 }

const PATIENCE = 10
const CLOSE_MS = 2_000
/** The first one, and once more for a server that did not come up or left. */
const MOST_STARTS = 2

type Live = OpenTransport & { client: Client; isOver: boolean }

const reasonOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown))

const unlessAborted = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  const stop = new AbortController()
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { signal: stop.signal })
  })
  return Promise.race([work, aborted]).finally(() => stop.abort())
}

export const openConnection = (
  { name, wish }: { name: string; wish: McpServerWish },
  { root, supervisor, limits = LIMITS }: { root: string; supervisor: Supervisor | null; limits?: Limits },
): Connection => {
  const closing = new AbortController()
  let live: Promise<Live> | null = null
  let starts = 0

  const start = async (): Promise<Live> => {
    starts += 1
    const client = new Client({ name: 'plimsoll', version: version() })
    const opened: Live = { ...openTransport(wish, root, supervisor), client, isOver: false }
    client.onclose = () => {
      opened.isOver = true
    }
    try {
      await client.connect(opened.transport, { timeout: limits.startMs, signal: closing.signal })
      return opened
    } catch (thrown) {
      await opened.end().catch(() => undefined)
      const said = opened.said()
      throw new Unreachable(`${name} did not start: ${reasonOf(thrown)}${said === '' ? '' : ` (${said})`}`)
    }
  }

  const isUsable = async () => live !== null && (await live.then(({ isOver }) => !isOver).catch(() => false))

  const connect = async (): Promise<Client> => {
    if (!(await isUsable()) && starts < MOST_STARTS && !closing.signal.aborted) {
      const earlier = live
      live = start()
      live.catch(() => undefined)
      await earlier?.then(({ end }) => end()).catch(() => undefined)
    }
    if (live === null) throw new Unreachable(`${name} is closed`)
    return (await live).client
  }

  /** What a server that left may have begun is not sent again: the next call starts it anew. */
  const withServer = async <T>(signal: AbortSignal, work: (client: Client) => Promise<T>): Promise<T> => {
    const client = await unlessAborted(connect(), signal)
    try {
      return await work(client)
    } catch (thrown) {
      signal.throwIfAborted()
      throw new Unreachable(`${name} did not answer: ${reasonOf(thrown)}`)
    }
  }

  return {
    list: (signal) =>
      withServer(signal, async (client) => {
        const { tools } = await client.listTools(undefined, { timeout: limits.startMs, signal })
        return tools
      }),
    call: (tool, input, { signal, onProgress }) =>
      withServer(signal, (client) =>
        client.callTool(
          { name: tool, arguments: input },
          {
            signal,
            timeout: limits.callMs,
            maxTotalTimeout: limits.callMs * PATIENCE,
            resetTimeoutOnProgress: true,
            onprogress: ({ message }) => message !== undefined && onProgress?.(message),
          },
        ),
      ),
    close: async () => {
      closing.abort(new Unreachable(`${name} is closed`))
      const current = await live?.catch(() => null)
      // A server at an address may not answer the farewell.
      await Promise.race([current?.client.close(), wait(CLOSE_MS, undefined, { ref: false })]).catch(
        () => undefined,
      )
      await current?.end().catch(() => undefined)
    },
  }
}
