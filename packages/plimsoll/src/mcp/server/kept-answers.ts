const KEEP = 50
const LONGEST = 1_000_000

export type KeptAnswers = {
  /** keeps a text and gives the address to read it from */
  keep(text: string, mimeType: string): string
  read(uri: string): { text: string; mimeType: string } | null
  ids(): readonly string[]
}

const ADDRESS = 'plimsoll://answers/'

/** The last 50 answers that were too long to give whole, up to 1,000,000 characters each. */
export const keepAnswers = (): KeptAnswers => {
  const kept = new Map<string, { text: string; mimeType: string }>()
  let count = 0
  return {
    keep: (text, mimeType) => {
      count += 1
      const id = String(count)
      kept.set(id, { text: text.slice(0, LONGEST), mimeType })
      const [oldest] = kept.keys()
      if (kept.size > KEEP && oldest !== undefined) kept.delete(oldest)
      return `${ADDRESS}${id}`
    },
    read: (uri) => kept.get(uri.slice(ADDRESS.length)) ?? null,
    ids: () => [...kept.keys()],
  }
}
