import type { Lost } from './judge.ts'
import type { Round, Seen, Write } from './seen.ts'
import type { Part } from './subjects.ts'

/** What happened to the write, as a continuation of "it answered 201". */
export const OF: Record<Round['id'], (write: Write) => string> = {
  'commit held, app killed': ({ held }) =>
    held === null
      ? ' before anything of it was sent to the database, and the app was killed'
      : ` while "${held}" had not reached the database, and the app was killed`,
  'reply withheld, app killed': () => ', and the app was killed before it heard from the database',
  'acknowledged, app killed': () => ', and the app was killed right after the acknowledgement',
  'commit failed': ({ held }) => ` although the database refused "${held ?? 'the commit'}"`,
  'acknowledged, store killed': () => ', and the database was killed right after the acknowledgement',
  'commit held, store killed': () => ' although the database was killed before it had the commit',
}

/** The points, as a list of what was tried. */
export const NEXT: Record<Round['id'], string> = {
  'commit held, app killed': 'killed before the commit',
  'reply withheld, app killed': 'killed between commit and answer',
  'acknowledged, app killed': 'killed right after an answer',
  'commit failed': 'commit refused',
  'acknowledged, store killed': 'killed right after an answer',
  'commit held, store killed': 'database killed before the commit',
}

export const titleOf = (part: Part, { round, write }: Lost): string => {
  if (part === 'commit') return 'It acknowledges a write whose commit failed'
  if (round.id !== 'commit held, app killed') return 'Acknowledged writes are gone when the app is killed'
  return write.held === null
    ? 'It acknowledges a write that is only in its memory'
    : 'It acknowledges a write before the database has it'
}

const OFF = /synchronous_commit\W+(?:to\W+)?(?:off|false|0|no)\b/i

/** Says why as far as that was seen. */
export const explainStoreLoss = ({ promises, weakened }: Seen, tables: readonly string[]): string => {
  const lost = 'Acknowledged writes are gone when the database is killed'
  const statement = weakened.find((sql) => OFF.test(sql))
  if (statement !== undefined) return `${lost}: the app turns synchronous_commit off`
  const setting = promises.find(({ name, value }) => name === 'synchronous_commit' && value === 'off')
  if (setting !== undefined) return `${lost}: synchronous_commit is off (${setting.source})`
  const table = promises.find(({ name, value }) => name === 'unlogged table' && tables.includes(value))
  return table === undefined ? lost : `${lost}: table ${table.value} is unlogged`
}

const storeRepairs = ({ promises, weakened }: Seen): string[] => {
  const says = (name: string, value?: string) =>
    promises.some((one) => one.name === name && (value === undefined || one.value === value))
  if (weakened.length > 0 || says('synchronous_commit', 'off'))
    return [
      'Leave synchronous_commit on; turn it off only in transactions whose loss nobody would notice (SET LOCAL).',
      'Where it was turned off for speed, write several rows in one transaction instead.',
    ]
  if (says('unlogged table'))
    return ['Make it an ordinary table (ALTER TABLE … SET LOGGED): an unlogged one is emptied after a crash.']
  return ['Answer after a commit that is on disk, and look for what keeps it in memory.']
}

export const repairsFor = (part: Part, { round, write }: Lost, seen: Seen): string[] => {
  if (part === 'store') return storeRepairs(seen)
  if (part === 'commit') {
    return [
      'Let an error of COMMIT, or of the write, reach the caller: answer 503 and nothing that looks like a success.',
      'Await every statement of the write, and have no empty catch around them.',
    ]
  }
  if (round.id === 'commit held, app killed' && write.held !== null)
    return [
      'Await the write and its COMMIT before answering.',
      'Where the answer must not wait, answer 202 and say where the outcome can be asked for.',
    ]
  return [
    'Answer only after the store has committed; keep nothing in memory that was acknowledged.',
    'Hand work over in a table that is written in the same transaction (an outbox), not in a queue in memory.',
  ]
}
