const SIDE =
  /(^|[._])(audit|audits|logs?|history|histories|activity|activities|attempts?|traces?|metrics?|statistics|stats|sessions?|tokens?|views?|rate_?limits?)$|(^|[._])(audit|access|activity|login)_/i

/** Written beside an operation rather than as part of it, as far as its name says: often apart on purpose. */
export const isSideTable = (table: string): boolean => SIDE.test(table)

const EVENTS = /(^|[._])events?$/i

/** A side table, or one that tells what happened; the latter may as well be what an operation is about. */
export const isJournalTable = (table: string): boolean => isSideTable(table) || EVENTS.test(table)
