import { defineInspection } from '../define.ts'
import { chooseDocuments } from './choose-documents.ts'
import { compareWithBase } from './compare.ts'
import { judge } from './judge.ts'
import { Seen } from './seen.ts'

/**
 * **Contract:** reads the document and its earlier state, from a file or from git's own objects; nothing is checked
 * out or fetched. Stops between two documents when the signal aborts.
 */
export default defineInspection<Seen>({
  id: 'api-diff',
  title: 'The API breaks no client that was written against it',
  standard: 'api.contract',
  observes: Seen,
  async inspect(system, source, { signal, contract }) {
    const comparisons: Seen['comparisons'] = []
    for (const document of await chooseDocuments(system, source, contract)) {
      if (signal.aborted) break
      comparisons.push(await compareWithBase(source, document, contract))
    }
    return { comparisons }
  },
  judge,
})
