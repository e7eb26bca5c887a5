import type { Entry } from './journal.ts'
import { readJournal } from './read-journal.ts'
import { journalFile, listSessionIds, sessionDir } from './session-places.ts'

/** One session, as a list shows it. */
export type SessionSummary = {
  id: string
  /** ISO 8601, UTC */
  at: string
  /** of the first begin: its words, agent and model */
  task: string
  agent: string
  model: string
  /** as the last end says; `open` where it has none: interrupted, crashed, or still going on */
  outcome: string
  exitCode: number | null
  /** checkpoints that changed something */
  steps: number
  tokens: number
  /** null where no price is known */
  dollars: number | null
}

type Of<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>

const isKind =
  <Kind extends Entry['kind']>(kind: Kind) =>
  (entry: Entry): entry is Of<Kind> & Entry =>
    entry.kind === kind

/** Null for a session that ended before anything was written. */
export const summarise = (id: string, entries: readonly Entry[]): SessionSummary | null => {
  const begin = entries.find(isKind('begin'))
  if (begin === undefined) return null
  const ended = entries.findLast((entry) => entry.kind === 'begin' || entry.kind === 'end')
  const spent = entries.filter(isKind('spent'))
  const priced = spent.length > 0 && spent.every(({ dollars }) => dollars !== null)
  return {
    id,
    at: begin.at,
    task: begin.task,
    agent: begin.agent,
    model: begin.model,
    outcome: ended?.kind === 'end' ? ended.outcome : 'open',
    exitCode: ended?.kind === 'end' ? ended.exitCode : null,
    steps: entries.filter((entry) => entry.kind === 'checkpoint' && entry.files.length > 0).length,
    tokens: spent.reduce((sum, { input, output }) => sum + input + output, 0),
    dollars: priced ? spent.reduce((sum, { dollars }) => sum + (dollars ?? 0), 0) : null,
  }
}

/** Every session of a workspace, the one that was written last first. */
export const listSessions = async (root: string): Promise<SessionSummary[]> => {
  const ids = await listSessionIds(root)
  const read = ids.map(async (id) =>
    summarise(id, (await readJournal(journalFile(sessionDir(root, id)))).entries),
  )
  return (await Promise.all(read)).filter((one) => one !== null)
}
