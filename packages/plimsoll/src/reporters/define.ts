import type { Run } from '../model/run.ts'

export type ReportOptions = {
  /** columns of the terminal; 80 when unknown */
  width: number
  color: boolean
  /** path of the run's folder as the user would type it, for "next" lines */
  runDir: string
  /** text of a file under assets/; the surface reads it, so that a reporter stays pure */
  asset(name: string): string
}

/**
 * One rendering of a Run.
 *
 * **Contract:** a pure function of the Run and the options; measures nothing, changes nothing, writes nothing. Asked for by name, it
 * renders any Run, also one that it does not apply to.
 */
export type Reporter = {
  id: string
  title: string
  /** file name it is saved under in the run's folder; null for one that only goes to a stream */
  file: string | null
  /** whether this Run has what it shows; where it says no, no file is saved. Left out: always */
  applies?(run: Run): boolean
  render(run: Run, options: ReportOptions): string
}

export const defineReporter = (reporter: Reporter): Reporter => reporter
