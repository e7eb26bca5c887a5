/** A seeded stream of numbers: the same seed gives the same stream on every machine. */
export type Random = {
  /** uniform in [0, 1) */
  next(): number
  /** uniform integer in [min, max] */
  integer(min: number, max: number): number
  pick<T>(items: readonly T[]): T | undefined
  /** lower-case letters and digits */
  word(length?: number): string
  /** an independent stream named by the label, so that adding a consumer does not shift the others */
  fork(label: string): Random
}

const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value >>> 0
}

/** mulberry32, by Tommy Ettinger (public domain): 32 bits of state, passes gjrand. */
const mulberry32 = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export const createRandom = (seed: number): Random => {
  const next = mulberry32(seed)
  const integer = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    integer,
    pick: (items) => items[integer(0, items.length - 1)],
    word: (length = 8) =>
      Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[integer(0, 35)]).join(''),
    fork: (label) => createRandom(hash(`${seed}:${label}`)),
  }
}
