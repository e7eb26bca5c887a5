/** A turn for a piece of work: lower `rank` goes first among those that wait. */
export type Slots = { use<T>(rank: number, work: () => Promise<T>): Promise<T> }

/** At most `count` pieces of work at once, the most important of the waiting ones next. */
export const createSlots = (count: number): Slots => {
  let free = count
  const waiting: { rank: number; go: () => void }[] = []
  const release = () => {
    free += 1
    const next = waiting.shift()
    if (next === undefined) return
    free -= 1
    next.go()
  }
  const take = (rank: number) =>
    new Promise<void>((resolve) => {
      if (free > 0) {
        free -= 1
        resolve()
        return
      }
      waiting.push({ rank, go: resolve })
      waiting.sort((a, b) => a.rank - b.rank)
    })
  return {
    async use(rank, work) {
      await take(rank)
      try {
        return await work()
      } finally {
        release()
      }
    },
  }
}
