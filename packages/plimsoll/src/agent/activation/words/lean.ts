/**
 * What a phrase says about who should do a task: 4 leaves no doubt, 2.5 is strong, 1.5 leans, 0.75 hints.
 * Below nought speaks against.
 */
export type Lean = Readonly<Partial<Record<string, number>>>

export type Phrases = readonly (readonly [string, Lean])[]

/** @param phrases parted by commas; a phrase uses its words up, so the `service` of a service worker is none */
export const lean = (to: Lean, phrases: string): Phrases =>
  phrases
    .split(',')
    .map((phrase) => phrase.trim().replace(/\s+/g, ' '))
    .filter((phrase) => phrase !== '')
    .map((phrase) => [phrase, to] as const)
