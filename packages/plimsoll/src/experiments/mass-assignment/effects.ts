import type { Account } from '../../lab/lab.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import type { Bench } from './bench.ts'
import type { Effect } from './seen.ts'
import type { Trial } from './trial.ts'

/** The session as it is after the request: rights may be written into the token when it is made. */
const sessionsOf = async (bench: Bench, { actor }: Trial): Promise<Account[]> => {
  if (actor === null) return []
  const renewed = 'sent' in actor ? await bench.registrar?.renew(actor, bench.signal) : undefined
  return renewed === undefined ? [actor] : [renewed, actor]
}

/**
 * A read that is refused to an account without the field, and answered to the one with it.
 * @param ordinary an account that sent the same request without the field
 */
export const findRights = async (
  bench: Bench,
  trial: Trial,
  ordinary: Account,
  fields: readonly string[],
): Promise<Effect | null> => {
  const { lab, signal, refused } = bench
  const sessions = refused.length === 0 ? [] : await sessionsOf(bench, trial)
  for (const { operation, request } of refused) {
    for (const { headers } of sessions) {
      if (signal.aborted) return null
      const after = await lab.http.request({ ...request, headers, signal })
      if (!isSuccess(after)) continue
      const before = await lab.http.request({ ...request, headers: ordinary.headers, signal })
      if (before.status === 401 || before.status === 403)
        return { fields: [...fields], operation, request: trial.exchange, before, after }
    }
  }
  return null
}

/** What the second account is shown, and is not shown where the field was not sent: it was made in its name. */
export const findOwnership = (trial: Trial, control: Trial, fields: readonly string[]): Effect | null => {
  for (const { read, exchange, sights } of trial.theirs) {
    const before = control.theirs.find((one) => one.read.place === read.place)
    if (sights.length === 0 || before === undefined || before.sights.length > 0) continue
    return {
      fields: [...fields],
      operation: read.place,
      request: trial.exchange,
      before: before.exchange,
      after: exchange,
    }
  }
  return null
}
