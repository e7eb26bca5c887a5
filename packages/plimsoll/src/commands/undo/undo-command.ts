import { realpath } from 'node:fs/promises'
import { openCheckpoints } from '../../agent/checkpoint/open-checkpoints.ts'
import type { Change } from '../../agent/checkpoint/store.ts'
import type { Entry } from '../../agent/journal/journal.ts'
import { type OpenedJournal, openJournal } from '../../agent/journal/open-journal.ts'
import { branchTo } from '../../agent/journal/read-journal.ts'
import { findSession } from '../../agent/journal/session-places.ts'
import { summarise } from '../../agent/journal/summarise.ts'
import { fault } from '../../base/errors/fault.ts'
import type { CommandContext } from '../define.ts'
import type { UndoInput } from './index.ts'
import { renderUndo } from './render-undo.ts'

type Checkpoint = Extract<Entry, { kind: 'checkpoint' }>

const isCheckpoint = (entry: Entry): entry is Checkpoint => entry.kind === 'checkpoint'

/** The state before the session, or as it was after an entry of it. */
const targetOf = (journal: OpenedJournal, to: string | undefined): Checkpoint => {
  const found =
    to === undefined ? journal.all().find(isCheckpoint) : branchTo(journal.all(), to).findLast(isCheckpoint)
  if (found === undefined) throw fault('E_NO_CHECKPOINT', { id: journal.id, step: to ?? 'before its first' })
  return found
}

/** `plimsoll undo`: exact files, and itself undone the same way. */
export const undoCommand = async (input: UndoInput, context: CommandContext): Promise<number> => {
  context.progress?.done()
  const root = await realpath(context.cwd)
  const journal = await openJournal(root, await findSession(root, input.session))
  try {
    const notes = [...journal.notes]
    const onNote = (text: string) => void notes.push(text)
    const checkpoints = await openCheckpoints({ root, dir: journal.dir, onNote })
    const target = targetOf(journal, input.to)
    const last = journal.all().findLast(isCheckpoint) ?? target
    // What the session never touched is not its to put back, however it changed since.
    const own = new Set((await checkpoints.changes(last.snapshot, target.snapshot)).map(({ file }) => file))
    const isOwn = ({ file }: Change) => own.has(file)
    const planned = (await checkpoints.preview(target.snapshot)).filter(isOwn)
    const since = (await checkpoints.preview(last.snapshot)).filter(isOwn)
    const foreign = since.map(({ file }) => file)
    if (foreign.length > 0 && !input.yes) {
      throw fault('E_CHANGED_SINCE', { id: journal.id, files: foreign.join(', ') })
    }
    let again: string | null = null
    let done: readonly string[] = []
    if (planned.length > 0) {
      const { snapshot } = await checkpoints.take('before undo')
      again = (await journal.append({ kind: 'checkpoint', snapshot, files: [] })).id
      done = await checkpoints.restore(
        target.snapshot,
        planned.map(({ file }) => file),
      )
      const after = await checkpoints.take('after undo')
      await journal.append({ kind: 'checkpoint', snapshot: after.snapshot, files: [...done] })
      await journal.append({ kind: 'note', text: `The files were put back as they were at ${target.id}.` })
    }
    const changes = planned.filter(({ file }) => done.includes(file))
    const task = summarise(journal.id, journal.all())?.task ?? ''
    const undone = { session: journal.id, task, to: input.to ?? null, changes, again, notes }
    context.stdout.write(
      input.json ? `${JSON.stringify(undone, null, 2)}\n` : renderUndo(undone, context.stdout.columns ?? 80),
    )
    return 0
  } finally {
    await journal.close()
  }
}
