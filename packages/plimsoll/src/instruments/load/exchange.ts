import type { Prepared } from './prepare-request.ts'

/** One request on its way, from the moment it was meant to leave until it is answered or given up. Times of one clock, ms. */
export type Exchange = {
  readonly meantMs: number
  /** when it left; 0 before */
  sentMs: number
  readonly operation: number
  readonly request: Prepared
  /** it met a connection that had been closed while idle, and is sent once more */
  isRepeated: boolean
  isSettled: boolean
  /** the connection that carries it */
  line: Line | null
}

/** One connection, as the pool sees it. */
export type Line = {
  /** how many requests it takes on now */
  room(): number
  send(exchange: Exchange): void
  /** gives an exchange up that was sent on it */
  abandon(exchange: Exchange): void
  close(): void
}

export type Loss = {
  error: string
  /** it may be the end of an idle connection that the request met, before any byte of its answer */
  isUntouched: boolean
}

/** What a connection tells the pool. `endMs` is when the last byte came. */
export type LineEvents = {
  /** it is open and takes requests */
  onOpen(line: Line): void
  onAnswer(line: Line, exchange: Exchange, status: number, bytes: number, endMs: number): void
  /** this one failed; the connection goes on */
  onLost(exchange: Exchange, loss: Loss): void
  /** It takes no more. Null: nobody wanted more of it. What it carried is lost; where it never opened, what it was to carry. */
  onGone(line: Line, loss: Loss | null, carried: readonly Exchange[]): void
}

export type OpenLine = (events: LineEvents) => Line
