import { createHead } from './head.ts'
import { createLine } from './line.ts'

/** Reads one answer after another from one connection, over any chunk borders, without copying bodies. */
export type AnswerParser = {
  /** the next bytes answer a request; one to HEAD has no body */
  expect(isHead: boolean): void
  /** How many bytes it used, fewer than given when the answer ended before; -1 when this is not HTTP/1. */
  feed(bytes: Buffer, length: number): number
  /** the connection ended: whether that is the answer's proper end */
  end(): boolean
  readonly isDone: boolean
  readonly status: number
  /** the connection may carry another request */
  readonly staysOpen: boolean
}

type Part = 'head' | 'sized' | 'chunk size' | 'chunk' | 'chunk end' | 'trailers' | 'until close' | 'done'

const CHUNK_SIZE = /^([0-9a-f]{1,12})[ \t]*(?:;|$)/i

export const createAnswerParser = (): AnswerParser => {
  const line = createLine()
  const head = createHead()
  let part: Part = 'done'
  let isHead = false
  let left = 0

  const afterHead = (): Part => {
    if (isHead || head.status === 204 || head.status === 304) return 'done'
    if (head.isChunked) return 'chunk size'
    if (head.length === null) return 'until close'
    left = head.length
    return left === 0 ? 'done' : 'sized'
  }

  const takeHead = () => {
    if (!head.take(line) || head.status === 101) return false
    if (!head.isOver) return true
    if (head.status < 200) head.reset()
    else part = afterHead()
    return true
  }

  const takeChunkSize = () => {
    const [, digits] = CHUNK_SIZE.exec(line.bytes.toString('latin1', line.from, line.to)) ?? []
    if (digits === undefined) return false
    left = Number.parseInt(digits, 16)
    part = left === 0 ? 'trailers' : 'chunk'
    return true
  }

  /** False when the line may not stand there. */
  const takeLine = () => {
    if (part === 'head') return takeHead()
    if (part === 'chunk size') return takeChunkSize()
    const isEmpty = line.from === line.to
    if (part === 'trailers') {
      if (isEmpty) part = 'done'
      return true
    }
    part = 'chunk size'
    return isEmpty
  }

  const passBody = (at: number, length: number) => {
    const used = Math.min(left, length - at)
    left -= used
    if (left === 0) part = part === 'sized' ? 'done' : 'chunk end'
    return at + used
  }

  const step = (bytes: Buffer, at: number, length: number) => {
    if (part === 'sized' || part === 'chunk') return passBody(at, length)
    if (part === 'until close') return length
    const next = line.read(bytes, at, length)
    return next !== -1 && line.isWhole && !takeLine() ? -1 : next
  }

  return {
    expect: (answersHead) => {
      isHead = answersHead
      part = 'head'
      head.reset()
      line.forget()
    },
    feed: (bytes, length) => {
      let at = 0
      while (at !== -1 && at < length && part !== 'done') at = step(bytes, at, length)
      return at
    },
    end: () => part === 'until close',
    get isDone() {
      return part === 'done'
    },
    get status() {
      return head.status
    },
    get staysOpen() {
      return head.staysOpen
    },
  }
}
