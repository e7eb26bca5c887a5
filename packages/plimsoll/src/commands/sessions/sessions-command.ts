import { exportMarkdown } from '../../agent/journal/export-session.ts'
import { branchTo, readJournal } from '../../agent/journal/read-journal.ts'
import { findSession, journalFile, sessionDir } from '../../agent/journal/session-places.ts'
import { listSessions, summarise } from '../../agent/journal/summarise.ts'
import { mapTexts } from '../../base/json/map-texts.ts'
import { showControls } from '../../base/text/show-controls.ts'
import type { CommandContext } from '../define.ts'
import type { SessionsInput } from './index.ts'
import { renderList, renderSession } from './render-sessions.ts'

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** `plimsoll sessions`: reads only, also while one of them goes on. */
export const sessionsCommand = async (input: SessionsInput, context: CommandContext): Promise<number> => {
  const { cwd, stdout } = context
  const width = stdout.columns ?? 80
  if (input.action === 'list') {
    const sessions = await listSessions(cwd)
    stdout.write(input.json ? json(sessions) : renderList(mapTexts(sessions, showControls), width))
    return 0
  }
  const id = await findSession(cwd, input.session)
  const { entries, torn } = await readJournal(journalFile(sessionDir(cwd, id)))
  const branch = branchTo(entries, entries.at(-1)?.id ?? null)
  if (input.action === 'export') {
    stdout.write(input.format === 'json' ? json({ session: id, entries }) : exportMarkdown(branch))
    return 0
  }
  const summary = summarise(id, entries)
  stdout.write(
    input.json
      ? json({ ...summary, entries, torn })
      : renderSession(mapTexts({ id, summary, entries, branch, torn }, showControls), width),
  )
  return 0
}
