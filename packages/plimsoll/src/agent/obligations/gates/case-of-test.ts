/** One test as it is written. */
export type TestCase = {
  file: string
  line: number
  /** names of the groups that it is in, then its own */
  title: string
  /** it does not run, whatever the code does */
  skipped: boolean
  only: boolean
  /** assertions, with one for each value that a compared object holds; those that cannot fail count nothing */
  weight: number
  /** times that it runs: rows of its table, one without */
  times: number
  /** the whole of it, with spaces evened out */
  body: string
  /** functions it calls that are not read here: they may assert what is not seen */
  calls: ReadonlySet<string>
}

export const evenSpaces = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** What a function that asserts is usually called. */
export const ASSERTING = /^(?:expect|assert|check|verify|should|ensure)/i
