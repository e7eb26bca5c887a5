import { ERRORS_SUBJECT } from './judge-errors.ts'
import { LINE_SUBJECT } from './judge-throughput.ts'

/** What an earlier execution refuted and is to be seen again. */
export type Focus = { line: boolean; steady: boolean; alone: string[] }

/** @param slow operations that are slow although nothing else goes on */
export const readFocus = (subjects: readonly string[], slow: readonly string[]): Focus => ({
  line: subjects.includes(LINE_SUBJECT),
  steady: subjects.some(
    (subject) => subject === ERRORS_SUBJECT || (subject !== LINE_SUBJECT && !slow.includes(subject)),
  ),
  alone: slow.filter((name) => subjects.includes(name)),
})
