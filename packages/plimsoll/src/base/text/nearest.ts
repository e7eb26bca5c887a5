/** Edits (insert, delete, replace) that turn one text into the other. */
export const distance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const replace = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(replace, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}

/** The candidate a typing error was most likely meant for; null when none is near. */
export const nearest = (text: string, candidates: readonly string[]): string | null => {
  const limit = Math.max(2, Math.floor(text.length / 3))
  let best: { candidate: string; edits: number } | null = null
  for (const candidate of candidates) {
    const edits = distance(text.toLowerCase(), candidate.toLowerCase())
    if (edits <= limit && (best === null || edits < best.edits)) best = { candidate, edits }
  }
  return best?.candidate ?? null
}
