/** A text in the source that may be a statement, or a part of one. */
export type Literal = {
  file: string
  line: number
  /** with a HOLE for each part that is computed */
  text: string
}
