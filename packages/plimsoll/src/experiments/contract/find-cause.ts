import type { Operation } from './operations.ts'
import { readFailure } from './read-log.ts'
import type { Anomaly } from './seen.ts'
import type { Answer } from './send.ts'
import type { Trial } from './trial.ts'

/** Logs come through a pipe, a little after the answer. */
const LOG_LAG_MS = 60
/** What every later statement of a transaction answers after one has failed. */
const ABORTED = '25P02'

export type Cause = Pick<Anomaly, 'mark' | 'statement' | 'source' | 'places' | 'log'> & {
  /** the error's name in the log */
  name: string | null
  /** its first line there */
  message: string | null
}

const baseName = (file: string) => file.split('/').at(-1) ?? file

/** Why an answer failed: the statement that the store refused, or else what the app wrote in its log. */
export const findCause = async ({ lab }: Trial, { route }: Operation, answer: Answer): Promise<Cause> => {
  await lab.sleep(LOG_LAG_MS)
  const lines = lab.target.logs(answer.exchange.atMs).map(({ text }) => text)
  const failure = readFailure(lines, lab.service)
  const statement = answer.refused.find(({ sqlstate }) => sqlstate !== ABORTED) ?? null
  const source = statement === null || route === null ? null : lab.origin(statement.sql, route)
  const [place] = failure.places
  const named = failure.name === null || failure.name === 'error' ? null : failure.name
  const inLog = [named, place === undefined ? null : `${baseName(place.file)}:${place.line}`]
  return {
    mark: statement?.sqlstate ?? inLog.filter((part) => part !== null).join(', '),
    statement,
    source,
    places: [...(source === null ? [] : [source.place]), ...failure.places].slice(0, 3),
    log: failure.lines,
    name: named,
    message: failure.message,
  }
}
