import type { RequestOptions } from '../../lab/lab.ts'
import type { Ground } from '../../lab/operations/ground.ts'
import type { Changes } from '../../lab/operations/mask.ts'
import { type Profile, profile } from '../../lab/operations/profile.ts'
import type { Exchange } from '../../model/evidence.ts'
import { changesBetween } from './effects.ts'

const BODY_CHARACTERS = 2_000

export const cutBody = (exchange: Exchange): Exchange => ({
  ...exchange,
  body: exchange.body.slice(0, BODY_CHARACTERS),
})

export const isGood = ({ status }: Pick<Exchange, 'status'>): boolean =>
  status !== null && status >= 200 && status < 300

export const isRefused = ({ status }: Pick<Exchange, 'status'>): boolean =>
  status !== null && status >= 400 && status < 500

/** One request in a row of requests on the same contents. */
export type Sent = {
  exchange: Exchange
  /** since just before it */
  changes: Changes
  /** since the checkpoint */
  total: Changes
  statements: Profile['statements']
}

/** Sends requests one after the other, each seen apart; starts from contents just put back. */
export const openRow = ({ lab, controlled, background, signal }: Ground) => {
  let before: Changes = {}
  return {
    async send(request: RequestOptions): Promise<Sent> {
      const seen = await profile(lab, { timeoutMs: 12_000, ...request }, controlled, {
        ...{ background, restore: false, signal },
      })
      const total = seen?.changes ?? before
      const changes = changesBetween(before, total)
      before = total
      const exchange = seen?.exchange
      if (exchange === undefined) throw new Error('a request without a restore is always answered')
      return { exchange: cutBody(exchange), changes, total, statements: seen?.statements ?? [] }
    },
  }
}
export type RowOfRequests = ReturnType<typeof openRow>
