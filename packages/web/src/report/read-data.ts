import type { Run } from '../../../plimsoll/src/model/run.ts'

export type ReportData = { run: Run; explanations: Readonly<Record<string, string>> }

const read = (page: Document, id: string): unknown =>
  JSON.parse(page.getElementById(id)?.textContent ?? 'null')

/** The Run was checked against its schema by whoever wrote it into the page: this is the parse boundary. */
export const readData = (page: Document): ReportData => ({
  run: read(page, 'run') as Run,
  explanations: read(page, 'explanations') as ReportData['explanations'],
})
