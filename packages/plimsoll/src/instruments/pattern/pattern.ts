/** A regular expression as it is written: `^(\w+\s?)*$` with the flags `i`. */
export type Pattern = { pattern: string; flags: string }

/** A text, and the processor time that the pattern took on it here. */
export type Climb = { text: string; tookMs: number }

export type Checked = {
  /** `slow`: there are texts on which the time it takes grows faster than their length */
  outcome: 'safe' | 'slow' | 'unknown'
  complexity: 'exponential' | 'polynomial' | null
  /** of a slow one: longer and longer texts */
  climbs: Climb[]
  /** a letter that the pattern is done with at once, however often it comes */
  harmless: string
}
