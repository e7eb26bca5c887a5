import type { Exchange } from './exchange.ts'

/** Requests in the order in which they were meant to leave; those settled meanwhile are passed over. */
export type Waiting = {
  add(exchange: Exchange): void
  /** the first one that is not settled, without taking it away */
  first(): Exchange | null
  take(): Exchange | null
  all(): Exchange[]
}

const COMPACT_AT = 1_024

export const createWaiting = (): Waiting => {
  let items: Exchange[] = []
  let at = 0
  const first = () => {
    while (at < items.length) {
      const item = items[at]
      if (item !== undefined && !item.isSettled) return item
      at += 1
    }
    items = []
    at = 0
    return null
  }
  return {
    add: (exchange) => {
      if (at > COMPACT_AT && at * 2 > items.length) {
        items = items.slice(at)
        at = 0
      }
      items.push(exchange)
    },
    first,
    all: () => items.slice(at).filter(({ isSettled }) => !isSettled),
    take: () => {
      const item = first()
      if (item !== null) at += 1
      return item
    },
  }
}
