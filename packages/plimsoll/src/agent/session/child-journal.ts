import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openAppender } from '../journal/append-durably.ts'
import type { Entry, Journal, NewEntry } from '../journal/journal.ts'
import { redactDeep } from '../journal/redact-entry.ts'

/**
 * The journal of an agent that was sent out: beside that of its parent, in the same form. What it spends is written in
 * its parent's, too, of which the budget is.
 */
export const openChildJournal = async (
  parent: Journal,
  name: string,
  secrets: () => readonly string[],
): Promise<Journal & { close(): Promise<void> }> => {
  const dir = join(parent.dir, 'children', name)
  await mkdir(dir, { recursive: true })
  const appender = await openAppender(join(dir, 'journal.jsonl'), false)
  const entries: Entry[] = []
  return {
    id: `${parent.id}/${name}`,
    dir,
    append: async (fresh) => {
      const place = {
        id: `e${entries.length + 1}`,
        parent: entries.at(-1)?.id ?? null,
        at: new Date().toISOString(),
      }
      // Redaction changes texts, never shapes.
      const entry = { ...place, ...(redactDeep(fresh, secrets()) as NewEntry) } as Entry
      entries.push(entry)
      await appender.append(JSON.stringify(entry))
      if (fresh.kind === 'spent') await parent.append(fresh)
      return entry
    },
    branch: () => entries,
    moveTo: () => {},
    close: () => appender.close(),
  }
}
