import { connect } from 'node:net'
import { nameError } from '../../http/name-error.ts'
import type { Exchange, Line, OpenLine } from '../exchange.ts'
import { createAnswerParser } from './answer-parser.ts'

type Options = {
  target: { host: string; port: number }
  /** a connection a request */
  churn: boolean
  /** shared by all connections of a thread: what is read is used up before the next read */
  buffer: Buffer
  nowMs(): number
}

/** A connection that carries one HTTP/1.1 request at a time. */
export const openHttp1 =
  ({ target, churn, buffer, nowMs }: Options): OpenLine =>
  (events) => {
    const parser = createAnswerParser()
    let current: Exchange | null = null
    let isOpen = false
    let isGone = false
    let isUsed = false
    /** it stood idle for a while, in which the peer may have closed it */
    let wasIdle = false
    let bytes = 0

    const end = (error: string) => {
      if (isGone) return
      isGone = true
      const lost = current
      current = null
      socket.destroy()
      const isWanted = lost !== null || !isOpen
      const loss = isWanted ? { error, isUntouched: wasIdle && bytes === 0 } : null
      events.onGone(line, loss, lost === null ? [] : [lost])
    }

    const finish = (staysOpen: boolean) => {
      const answered = current
      if (answered === null) return
      const endMs = nowMs()
      current = null
      isUsed = true
      wasIdle = true
      if (!staysOpen) end('')
      events.onAnswer(line, answered, parser.status, bytes, endMs)
    }

    const read = (length: number) => {
      if (isGone) return true
      if (current === null) {
        end('EPROTO')
        return true
      }
      bytes += length
      const used = parser.feed(buffer, length)
      if (used === -1) end('EPROTO')
      else if (parser.isDone)
        finish(parser.staysOpen && used === length && !churn && socket.writableLength === 0)
      return true
    }

    const socket = connect({ ...target, noDelay: true, onread: { buffer, callback: read } })
    socket.on('connect', () => {
      isOpen = true
      events.onOpen(line)
      wasIdle = current === null
    })
    socket.on('end', () => {
      if (parser.end()) finish(false)
      else end('ECONNRESET')
    })
    socket.on('error', (thrown) => end(nameError(thrown)))
    socket.on('close', () => end('ECONNRESET'))

    const line: Line = {
      room: () => (isOpen && !isGone && current === null && !(churn && isUsed) ? 1 : 0),
      send: (exchange) => {
        current = exchange
        bytes = 0
        parser.expect(exchange.request.isHead)
        socket.write(exchange.request.bytes())
      },
      abandon: () => {
        current = null
        end('timeout')
      },
      close: () => {
        current = null
        end('')
      },
    }
    return line
  }
