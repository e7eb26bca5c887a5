import type { Exchange } from './exchange.ts'
import type { Pool } from './pool.ts'
import { GIVEN_UP, type Tally } from './tally.ts'

type Options = { pool: Pool; tally: Tally; nowMs(): number; onGivenUp(): void }

/** Ends requests whose answers are not waited for any longer. */
export const createGivingUp = ({ pool, tally, nowMs, onGivenUp }: Options) => {
  const end = (exchange: Exchange, error: string) => {
    if (exchange.isSettled) return
    pool.abandon(exchange)
    tally.lose(exchange, error, nowMs())
    onGivenUp()
  }
  return {
    /** their time is up */
    overdue: () => {
      for (const exchange of tally.overdue(nowMs())) end(exchange, 'timeout')
    },
    /** no connection took them yet */
    unsent: () => {
      for (const exchange of tally.unanswered()) if (exchange.sentMs === 0) end(exchange, GIVEN_UP)
    },
    all: () => {
      for (const exchange of tally.unanswered()) end(exchange, GIVEN_UP)
    },
  }
}
