import type { Lab, RequestOptions } from '../lab.ts'
import { freshen } from '../speak/freshen.ts'
import type { Candidate } from './choose-operations.ts'
import { speakAs, speaksAs } from './load-request.ts'
import type { Asked } from './other-things.ts'

/** One of the requests of an operation; the account by its place in `lab.accounts`, null where it names none. */
export type Variant = Asked & { account: number | null }

/** The variant as it is sent now: sessions may have been renewed since. */
export const requestOf = (
  { known }: Pick<Candidate, 'known'>,
  { account, ...asked }: Variant,
  accounts: Lab['accounts'],
): RequestOptions => {
  const request = { ...known.request, ...asked }
  const first = accounts[0]
  const other = account === null ? undefined : accounts[account]
  return first === undefined || other === undefined ? request : speakAs(request, first, other)
}

type Trying = Pick<Lab, 'http' | 'random' | 'accounts'>

/** Accounts that are asked about every thing; each further one is asked about one, or it would take too long. */
const THOROUGH = 2

/**
 * Every account with every thing, and of these the ones that answer as the known request did: what is not another
 * account's to see is not asked for as that account.
 */
export const findVariants = async (
  lab: Trying,
  candidate: Candidate,
  things: readonly Asked[],
  signal: AbortSignal,
): Promise<Variant[]> => {
  const { known } = candidate
  const first = lab.accounts[0]
  const speaks = first !== undefined && speaksAs(known.request, first)
  const accounts = speaks ? [...lab.accounts.keys()] : [null]
  const all = accounts.flatMap((account) =>
    things
      .filter((_, index) => (account ?? 0) < THOROUGH || index === (account ?? 0) % things.length)
      .map((asked): Variant => ({ ...asked, account })),
  )
  const [own, ...others] = all
  const found = own === undefined ? [] : [own]
  for (const variant of others) {
    signal.throwIfAborted()
    const request = freshen(requestOf(candidate, variant, lab.accounts), lab.random)
    const { status } = await lab.http.request({ ...request, signal })
    if (status === known.status) found.push(variant)
  }
  return found
}
