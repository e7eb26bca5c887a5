import type { StatementRecord } from '../../../model/evidence.ts'
import type { Bench, Writer } from '../bench.ts'
import { deliver, type Entry, ownTexts, prepare } from '../client.ts'
import { carries, watchDecisive } from '../decisive.ts'
import { recount } from '../look-up.ts'
import { closeRound, recoverApp } from '../recover.ts'
import type { Round } from '../seen.ts'

const DISK_FULL = { sqlstate: '53100', message: 'could not extend file: No space left on device' }
const STATEMENT_CHARACTERS = 160

/** One write whose commit, or whose only statement, the store refuses once; null when none came to be refused. */
const failOnce = async (bench: Bench, writer: Writer): Promise<Entry | null> => {
  const { wire } = bench.store
  const decisive = watchDecisive(wire)
  const prepared = prepare(bench, writer)
  const texts = ownTexts({ sent: prepared.request, template: prepared.template, answer: NO_ANSWER })
  const wrote = new Set<number>()
  let failed: StatementRecord | null = null
  const isOurs = (statement: StatementRecord) =>
    !writer.carried || texts.length === 0 || wrote.has(statement.connection)
  wire.gate((statement) => {
    if (carries(statement, texts)) wrote.add(statement.connection)
    if (!decisive(statement) || failed !== null || !isOurs(statement)) return undefined
    failed = statement
    return { do: 'fail', ...DISK_FULL }
  })
  const entry = await deliver(bench, prepared)
  wire.gate(null)
  return failed === null ? null : { ...entry, held: sqlOf(failed) }
}

const sqlOf = ({ sql }: StatementRecord) => sql.slice(0, STATEMENT_CHARACTERS)

const NO_ANSWER = {
  ...{ method: '', path: '', requestHeaders: {}, status: null, headers: {}, body: '' },
  ...{ atMs: 0, durationMs: 0 },
}

/** The store refuses to commit: an app that answers with a success all the same has acknowledged nothing. */
export const failCommit = async (bench: Bench): Promise<Round> => {
  await recount(bench)
  const entries: Entry[] = []
  for (const writer of bench.writers) {
    // The first one after a restart may meet an app that has no connection yet.
    const entry = (await failOnce(bench, writer)) ?? (await failOnce(bench, writer))
    if (entry !== null) entries.push(entry)
  }
  const back = await recoverApp(bench)
  return closeRound(bench, entries, { id: 'commit failed', killedAtMs: null, back })
}
