import { fault } from '../../base/errors/fault.ts'
import { isFolder } from '../../instruments/files/is-folder.ts'
import { openAppender } from './append-durably.ts'
import { claimSession } from './claim-session.ts'
import type { Entry, Journal, NewEntry } from './journal.ts'
import { branchTo, readJournal } from './read-journal.ts'
import { redactDeep } from './redact-entry.ts'
import { journalFile, makeSessionDir, SESSIONS_DIR, sessionDir } from './session-places.ts'

export type OpenedJournal = Journal & {
  /** what the reader should know of the file: lines that a crash cut short */
  readonly notes: readonly string[]
  /** every entry, of all branches, in the order in which they were written */
  all(): readonly Entry[]
  /** gives the session back, so that another process may go on with it */
  close(): Promise<void>
}

export type JournalOptions = {
  now?(): Date
  /** values that the project is known to hold, whatever they look like */
  secrets?(): readonly string[]
}

const noteOf = (torn: readonly number[]) =>
  torn.length === 0
    ? []
    : [
        `${torn.length === 1 ? 'Line' : 'Lines'} ${torn.join(', ')} of the journal ${torn.length === 1 ? 'was' : 'were'} cut short by a crash and passed over.`,
      ]

const start = async (
  id: string,
  dir: string,
  { now = () => new Date(), secrets = () => [] }: JournalOptions,
) => {
  const release = await claimSession(dir, id)
  try {
    const { entries: earlier, torn, isOpenEnded } = await readJournal(journalFile(dir))
    const entries = [...earlier]
    const appender = await openAppender(journalFile(dir), isOpenEnded)
    let head = entries.at(-1)?.id ?? null
    let count = entries.length + torn.length
    const journal: OpenedJournal = {
      id,
      dir,
      notes: noteOf(torn),
      all: () => entries,
      append: async (fresh: NewEntry) => {
        count += 1
        const place = { id: `e${count}`, parent: head, at: now().toISOString() }
        // Redaction changes texts, never shapes.
        const entry = { ...place, ...(redactDeep(fresh, secrets()) as NewEntry) } as Entry
        head = entry.id
        entries.push(entry)
        await appender.append(JSON.stringify(entry)).catch((thrown: unknown) => {
          entries.splice(entries.indexOf(entry), 1)
          if (head === entry.id) head = entry.parent
          throw thrown
        })
        return entry
      },
      branch: () => branchTo(entries, head),
      moveTo: (entry) => {
        if (!entries.some((one) => one.id === entry)) {
          throw fault('E_UNKNOWN_ID', {
            id: entry,
            candidates: `For its entries: plimsoll sessions show ${id}`,
          })
        }
        head = entry
      },
      close: async () => {
        await appender.close()
        await release()
      },
    }
    return journal
  } catch (thrown) {
    await release()
    throw thrown
  }
}

/** A new session below `root`, with nothing in it. */
export const createJournal = async (root: string, options: JournalOptions = {}): Promise<OpenedJournal> => {
  const { id, dir } = await makeSessionDir(root, (options.now ?? (() => new Date()))())
  return start(id, dir, options)
}

/**
 * Goes on with a session of this workspace, from the last entry that was written.
 * @throws E_UNKNOWN_ID, E_SESSION_IN_USE
 */
export const openJournal = async (
  root: string,
  id: string,
  options: JournalOptions = {},
): Promise<OpenedJournal> => {
  const dir = sessionDir(root, id)
  if (!(await isFolder(dir))) {
    throw fault('E_UNKNOWN_ID', {
      id,
      candidates: `The sessions are below ${SESSIONS_DIR}: plimsoll sessions`,
    })
  }
  return start(id, dir, options)
}
