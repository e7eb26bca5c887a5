import { type ClientHttp2Stream, connect, constants } from 'node:http2'
import { nameError } from '../../http/name-error.ts'
import type { Exchange, Line, OpenLine } from '../exchange.ts'

/** Requests at once on one session, where the peer allows as many. */
export const MOST_STREAMS = 100

const CONNECTION_HEADERS = /^(?:host|connection|content-length|transfer-encoding|keep-alive|upgrade)$/i

type Options = { target: { host: string; port: number }; churn: boolean; nowMs(): number }

const nameCode = (thrown: unknown) => {
  const name = nameError(thrown)
  return /^(?:NGHTTP2_|ERR_HTTP2_)/.test(name) ? 'EPROTO' : name
}

const headersOf = ({ request }: Exchange, authority: string) => {
  const { method, path, headers, body } = request.filled()
  const kept = Object.entries(headers).filter(([name]) => !CONNECTION_HEADERS.test(name))
  const all = {
    ':method': method,
    ':path': path,
    ':scheme': 'http',
    ':authority': authority,
    ...Object.fromEntries(kept),
    ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
  }
  return { all, body }
}

/** A session that carries up to `MOST_STREAMS` requests at once. */
export const openHttp2 =
  ({ target, churn, nowMs }: Options): OpenLine =>
  (events) => {
    const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`
    const session = connect(`http://${authority}`)
    const streams = new Map<Exchange, ClientHttp2Stream>()
    let isOpen = false
    let isGone = false
    let carried = 0

    const most = () =>
      churn
        ? 1 - carried
        : Math.min(MOST_STREAMS, session.remoteSettings.maxConcurrentStreams ?? MOST_STREAMS)

    const end = (error: string) => {
      if (isGone) return
      isGone = true
      const lost = [...streams.keys()]
      streams.clear()
      session.destroy()
      const isWanted = lost.length > 0 || !isOpen
      events.onGone(line, isWanted ? { error, isUntouched: false } : null, lost)
    }

    const follow = (stream: ClientHttp2Stream, exchange: Exchange) => {
      let status = 0
      let bytes = 0
      stream.on('response', (headers) => {
        status = headers[':status'] ?? 0
        for (const name in headers) bytes += name.length + String(headers[name]).length
      })
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      stream.on('end', () => {
        if (status === 0 || stream.rstCode !== 0 || !streams.delete(exchange)) return
        const endMs = nowMs()
        if (churn) end('')
        events.onAnswer(line, exchange, status, bytes, endMs)
      })
      stream.on('error', () => {})
      stream.on('close', () => {
        if (!streams.delete(exchange)) return
        const isRefused = stream.rstCode === constants.NGHTTP2_REFUSED_STREAM
        const error = isRefused || session.destroyed ? 'ECONNRESET' : 'EPROTO'
        events.onLost(exchange, { error, isUntouched: isRefused && status === 0 })
      })
    }

    session.on('remoteSettings', () => {
      if (isOpen) return
      isOpen = true
      events.onOpen(line)
    })
    session.on('error', (thrown) => end(nameCode(thrown)))
    session.on('goaway', () => {
      if (streams.size === 0) end('')
    })
    session.on('close', () => end('ECONNRESET'))

    const line: Line = {
      room: () => (isOpen && !isGone && !session.closed && !session.destroyed ? most() - streams.size : 0),
      send: (exchange) => {
        const { all, body } = headersOf(exchange, authority)
        carried += 1
        const stream = session.request(all, { endStream: body === undefined })
        streams.set(exchange, stream)
        follow(stream, exchange)
        if (body !== undefined) stream.end(body)
      },
      abandon: (exchange) => {
        const stream = streams.get(exchange)
        streams.delete(exchange)
        stream?.close(constants.NGHTTP2_CANCEL)
        if (!isGone) events.onOpen(line)
      },
      close: () => {
        streams.clear()
        end('')
      },
    }
    return line
  }
