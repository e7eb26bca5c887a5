import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Standard } from '../../../../plimsoll/src/model/standard.ts'
import type { ReportData } from '../read-data.ts'

export type ReportState = ReportData & {
  standards: ReadonlyMap<string, Standard>
  isOpen(id: string): boolean
  toggle(id: string): void
  /** shows the text about a probe or a standard in the drawer: `experiments/slow-store` */
  explain(key: string): void
}

export const ReportContext = createContext<ReportState | null>(null)

export const useReport = (): ReportState => {
  const state = useContext(ReportContext)
  if (state === null) throw new Error('a part of the report stands outside of it')
  return state
}
