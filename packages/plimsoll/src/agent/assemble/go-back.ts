import { fault } from '../../base/errors/fault.ts'
import { formatCount } from '../../base/text/numbers.ts'
import type { OpenedCheckpoints } from '../checkpoint/open-checkpoints.ts'
import type { OpenedJournal } from '../journal/open-journal.ts'

/**
 * Goes on from an earlier entry, with the files as they were then; as they are now they are kept first.
 * @returns what was done, as a sentence
 * @throws E_UNKNOWN_ID
 */
export const goBack = async (
  journal: OpenedJournal,
  checkpoints: OpenedCheckpoints,
  at: string,
): Promise<string> => {
  if (!journal.all().some(({ id }) => id === at)) {
    throw fault('E_UNKNOWN_ID', {
      id: at,
      candidates: `For its entries: plimsoll sessions show ${journal.id}`,
    })
  }
  const { snapshot } = await checkpoints.take('before a fork')
  await journal.append({ kind: 'checkpoint', snapshot, files: [] })
  journal.moveTo(at)
  const then = journal.branch().findLast((entry) => entry.kind === 'checkpoint')
  if (then?.kind !== 'checkpoint') return `Going on from ${at}; the files stay as they are.`
  const files = await checkpoints.restore(then.snapshot)
  return `Going on from ${at}; ${formatCount(files.length, 'file was', 'files were')} put back as of then.`
}
