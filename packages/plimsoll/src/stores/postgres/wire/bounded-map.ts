/** A map of at most so many entries, which forgets those that were not used for long. */
export type BoundedMap<Value> = {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
  delete(key: string): void
}

/** Two generations: what is used moves to the young one, and when that is full the old one is forgotten as a whole. */
export const createBoundedMap = <Value>(limit: number): BoundedMap<Value> => {
  let young = new Map<string, Value>()
  let old = new Map<string, Value>()

  const set = (key: string, value: Value) => {
    if (young.size >= limit / 2 && !young.has(key)) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }

  return {
    set,
    get: (key) => {
      const value = young.get(key)
      if (value !== undefined || old.size === 0) return value
      const before = old.get(key)
      if (before !== undefined) set(key, before)
      return before
    },
    delete: (key) => {
      young.delete(key)
      old.delete(key)
    },
  }
}
