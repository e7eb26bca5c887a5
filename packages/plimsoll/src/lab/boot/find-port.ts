import { createHttp } from '../../instruments/http/create-http.ts'
import { speaksTls } from '../../instruments/port/speaks-tls.ts'
import type { Supervised } from '../../instruments/process/process.ts'

/** Where the app serves. */
export type Place = { host: string; port: number; pid: number }

export type FindPortOptions = {
  supervised: Supervised
  /** ports the app was told, the serving one first */
  told: readonly number[]
  nowMs: () => number
  sleep(ms: number): Promise<void>
  timeoutMs: number
  signal: AbortSignal
}

const PAUSE_MS = 40
/** An app that binds another port than the one it was told usually binds all of them in the same moment. */
const OTHER_PORT_AFTER_MS = 1_000
const LOG_LINE = /(?:port|listening|running|started|server|https?:\/\/[\w.[\]:-]*?)\D{0,40}?:?\b(\d{2,5})\b/i

const isDebugger = (port: number) => port >= 9229 && port <= 9239

const answersHttp = async (host: string, port: number, nowMs: () => number) => {
  const http = createHttp({ baseUrl: `http://${host}:${port}`, nowMs })
  const { status } = await http.request({ method: 'GET', path: '/', timeoutMs: 3_000 })
  return status !== null
}

/** The address under which a port that is bound can be reached: some apps bind only the IPv6 loopback. */
const hostOf = async (port: number, nowMs: () => number) => {
  for (const host of ['127.0.0.1', '[::1]']) {
    const http = createHttp({ baseUrl: `http://${host}:${port}`, nowMs })
    if (await http.connects(1_000)) return host
  }
  return null
}

const portsInLog = (supervised: Supervised) =>
  supervised
    .logs()
    .map(({ text }) => Number(LOG_LINE.exec(text)?.[1]))
    .filter((port) => port > 0 && port < 65_536)

/**
 * Waits until the app has bound its port: the one it was told, else any port of its processes that speaks HTTP or TLS,
 * else one that it names in its log and that accepts connections.
 * @returns null when it exited, the time passed, or the signal aborted
 */
export const findPort = async (options: FindPortOptions): Promise<Place | null> => {
  const { supervised, told, nowMs, sleep, timeoutMs, signal } = options
  const startMs = nowMs()
  let otherSinceMs: number | null = null
  const place = async (port: number, pid: number): Promise<Place | null> => {
    const host = await hostOf(port, nowMs)
    return host === null ? null : { host, port, pid }
  }
  while (nowMs() - startMs < timeoutMs && supervised.exit() === null && !signal.aborted) {
    const bound = await supervised.listening()
    const expected = bound.find(({ port }) => port === told[0])
    const found = expected === undefined ? null : await place(expected.port, expected.pid)
    if (found !== null) return found
    const others = bound.filter(({ port }) => !isDebugger(port))
    if (others.length > 0) otherSinceMs ??= nowMs()
    if (otherSinceMs !== null && nowMs() - otherSinceMs > OTHER_PORT_AFTER_MS) {
      for (const { port, pid } of others) {
        const other = await place(port, pid)
        if (other === null) continue
        if (await answersHttp(other.host, port, nowMs)) return other
        if (await speaksTls(other.host.replace(/[[\]]/g, ''), port)) return other
      }
    }
    if (bound.length === 0 && nowMs() - startMs > OTHER_PORT_AFTER_MS) {
      for (const port of portsInLog(supervised)) {
        if (port !== told[0] && process.platform === 'linux') continue
        const logged = await place(port, supervised.pid)
        if (logged !== null) return logged
      }
    }
    await sleep(PAUSE_MS)
  }
  return null
}
