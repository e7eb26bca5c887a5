/** A map that forgets what was not used for the longest time. */
export type BoundedMap<Value> = {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
  delete(key: string): void
}

export const createBoundedMap = <Value>(limit: number): BoundedMap<Value> => {
  const map = new Map<string, Value>()
  return {
    get: (key) => {
      const value = map.get(key)
      if (value !== undefined && map.size > limit / 2) {
        map.delete(key)
        map.set(key, value)
      }
      return value
    },
    set: (key, value) => {
      map.delete(key)
      map.set(key, value)
      if (map.size <= limit) return
      const [oldest] = map.keys()
      if (oldest !== undefined) map.delete(oldest)
    },
    delete: (key) => {
      map.delete(key)
    },
  }
}
