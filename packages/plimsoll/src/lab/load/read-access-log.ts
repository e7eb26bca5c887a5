import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { Fault, fault } from '../../base/errors/fault.ts'
import type { Route } from '../../model/system.ts'
import { parseAccessLine } from './access-line.ts'
import { createRouteMatcher } from './match-route.ts'

export type AccessCounts = {
  /** lines that are not empty */
  lines: number
  /** requests of each route, by `GET /orders/:id` */
  routes: Map<string, number>
  /** lines that name a request of none of the routes */
  strange: number
  /** lines in which no request was found */
  unread: number
}

/** First bytes of gzip, zstd, bzip2 and xz. */
const MAGICS = ['\u001f\u008b', '\u0028\u00b5\u002f\u00fd', 'BZh', '\u00fd7zXZ']

const unreadable = (file: string, problem: string, cause?: unknown) =>
  fault('E_CONFIG_UNREADABLE', { file, problem }, { cause })

const messageOf = (thrown: unknown) =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)

/**
 * Counts the requests of each route in an access log, line by line, whatever its size.
 * @param shown the file as messages name it
 * @throws E_CONFIG_UNREADABLE when it cannot be read, or is compressed
 */
export const readAccessLog = async (
  file: string,
  { routes, shown, signal }: { routes: readonly Route[]; shown: string; signal: AbortSignal },
): Promise<AccessCounts> => {
  const counts: AccessCounts = { lines: 0, routes: new Map(), strange: 0, unread: 0 }
  const match = createRouteMatcher(routes)
  const stream = createReadStream(file, { encoding: 'latin1', signal })
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (counts.lines === 0 && MAGICS.some((magic) => line.startsWith(magic)))
        throw unreadable(shown, 'it is compressed; unpack it first')
      if (line.trim() === '') continue
      counts.lines += 1
      const asked = parseAccessLine(line)
      const name = asked === null ? null : match(asked.method, asked.path)
      if (asked === null) counts.unread += 1
      else if (name === null) counts.strange += 1
      else counts.routes.set(name, (counts.routes.get(name) ?? 0) + 1)
    }
  } catch (thrown) {
    signal.throwIfAborted()
    if (thrown instanceof Fault) throw thrown
    throw unreadable(shown, messageOf(thrown), thrown)
  } finally {
    stream.destroy()
  }
  return counts
}
