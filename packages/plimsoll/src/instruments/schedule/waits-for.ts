/** A session that waits inside the store for locks of others; numbers are the store's own. */
export type Waits = { session: number; for: readonly number[] }

/** Whether one of the sessions waits for one of the others, directly or through third ones. */
export const waitsFor = (
  waits: readonly Waits[],
  sessions: ReadonlySet<number>,
  others: ReadonlySet<number>,
): boolean => {
  const seen = new Set<number>()
  const next = [...sessions]
  for (let session = next.pop(); session !== undefined; session = next.pop()) {
    if (seen.has(session)) continue
    seen.add(session)
    for (const one of waits.filter((it) => it.session === session).flatMap((it) => it.for)) {
      if (others.has(one)) return true
      next.push(one)
    }
  }
  return false
}
