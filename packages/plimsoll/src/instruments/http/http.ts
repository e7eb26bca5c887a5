import type { Exchange } from '../../model/evidence.ts'

/** One answer of a burst; null where none came. */
export type BurstAnswer = { status: number | null; body: string; error?: string }

export type RequestOptions = {
  method: string
  path: string
  headers?: Record<string, string>
  /** an object is sent as JSON; a string or bytes as they are */
  body?: unknown
  /** the client gives up then; default 10,000 */
  timeoutMs?: number
  /** characters kept of the answer's body; default 2,000 */
  bodyLimit?: number
  signal?: AbortSignal
}

/** HTTP to the target, and to nothing else. Never throws: what went wrong is in `error`. */
export type Http = {
  baseUrl: string
  request(options: RequestOptions): Promise<Exchange>
  /**
   * Sends all as close together as one client can; answers in their order. With `lastByte` each has sent all but its
   * last byte before any sends that one.
   */
  burst(requests: readonly RequestOptions[], options: { lastByte: boolean }): Promise<BurstAnswer[]>
  /** opens a TCP connection and closes it: says whether new connections are accepted */
  connects(timeoutMs?: number): Promise<boolean>
}
