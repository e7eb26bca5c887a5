import type { Exchange, Line, LineEvents, Loss, OpenLine } from './exchange.ts'
import { createWaiting } from './waiting.ts'

type Options = {
  open: OpenLine
  /** connections at once */
  most: number
  /** requests that a connection yet to be opened will take */
  roomOfNew: number
  nowMs(): number
  onAnswer(exchange: Exchange, status: number, bytes: number, endMs: number): void
  onLost(exchange: Exchange, error: string): void
}

/** Connections, the one used last first, and the requests that wait for one. */
export type Pool = {
  /** sends it, or keeps it until a connection has room */
  offer(exchange: Exchange): void
  /** for one that is settled otherwise */
  abandon(exchange: Exchange): void
  waiting(): number
  opened(): number
  close(): void
}

export const createPool = ({ open, most, roomOfNew, nowMs, onAnswer, onLost }: Options): Pool => {
  const all = new Set<Line>()
  const opening = new Set<Line>()
  const free: Line[] = []
  const queue = createWaiting()
  /** sent once more, each on a connection of its own */
  const promised = new Map<Line, Exchange>()
  let waiting = 0
  let opened = 0
  let isClosed = false

  const send = (line: Line, exchange: Exchange) => {
    exchange.line = line
    exchange.sentMs = nowMs()
    line.send(exchange)
  }

  /** One without room comes back when it has some again. */
  const lastFree = (): Line | null => {
    for (let line = free.at(-1); line !== undefined; line = free.at(-1)) {
      if (line.room() > 0) return line
      free.pop()
    }
    return null
  }

  const take = () => {
    const next = queue.take()
    if (next !== null) waiting -= 1
    return next
  }

  const openOne = () => {
    const line = open(events)
    opened += 1
    all.add(line)
    opening.add(line)
    return line
  }

  const openForWaiting = () => {
    while (!isClosed && all.size < most && opening.size * roomOfNew < waiting) openOne()
  }

  /** whether it never opened */
  const drop = (line: Line) => {
    all.delete(line)
    const at = free.indexOf(line)
    if (at !== -1) free.splice(at, 1)
    return opening.delete(line)
  }

  /** Gives a connection with room what waits, or puts it where the next request looks first. */
  const use = (line: Line) => {
    while (line.room() > 0) {
      const next = take()
      if (next === null) {
        if (!free.includes(line)) free.push(line)
        return
      }
      send(line, next)
    }
  }

  const lose = (exchange: Exchange, { error, isUntouched }: Loss) => {
    if (exchange.isSettled || isClosed) return
    exchange.line = null
    if (!isUntouched || exchange.isRepeated) return onLost(exchange, error)
    exchange.isRepeated = true
    promised.set(openOne(), exchange)
  }

  const events: LineEvents = {
    onOpen: (line) => {
      opening.delete(line)
      const promise = promised.get(line)
      promised.delete(line)
      if (promise !== undefined && !promise.isSettled) send(line, promise)
      use(line)
      openForWaiting()
    },
    onAnswer: (line, exchange, status, bytes, endMs) => {
      use(line)
      onAnswer(exchange, status, bytes, endMs)
    },
    onLost: (exchange, loss) => {
      lose(exchange, loss)
      openForWaiting()
    },
    onGone: (line, loss, carried) => {
      const neverOpened = drop(line)
      const promise = promised.get(line)
      promised.delete(line)
      if (isClosed) return
      if (loss !== null) {
        const failed = neverOpened ? [promise ?? take()] : carried
        for (const exchange of failed) if (exchange !== null) lose(exchange, loss)
      }
      openForWaiting()
    },
  }

  return {
    offer: (exchange) => {
      const line = lastFree()
      if (line !== null) return send(line, exchange)
      queue.add(exchange)
      waiting += 1
      openForWaiting()
    },
    abandon: (exchange) => {
      if (exchange.line !== null) exchange.line.abandon(exchange)
      else if (![...promised.values()].includes(exchange)) waiting -= 1
    },
    waiting: () => waiting,
    opened: () => opened,
    close: () => {
      isClosed = true
      for (const line of [...all]) line.close()
    },
  }
}
