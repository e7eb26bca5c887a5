import type { Lab, RequestOptions } from '../lab.ts'
import { freshen } from '../speak/freshen.ts'
import type { Candidate } from './choose-operations.ts'
import { speakAs, speaksAs } from './load-request.ts'

/** One of the requests of an operation; the account by its place in `lab.accounts`, null where it names none. */
export type Variant = { account: number | null; path: string }

/** The variant as it is sent now: sessions may have been renewed since. */
export const requestOf = (
  { known }: Pick<Candidate, 'known'>,
  { account, path }: Variant,
  accounts: Lab['accounts'],
): RequestOptions => {
  const request = { ...known.request, path }
  const first = accounts[0]
  const other = account === null ? undefined : accounts[account]
  return first === undefined || other === undefined ? request : speakAs(request, first, other)
}

type Trying = Pick<Lab, 'http' | 'random' | 'accounts'>

/**
 * Every account with every path, and of these the ones that answer as the known request did: what is not another
 * account's to see is not asked for as that account.
 */
export const findVariants = async (
  lab: Trying,
  candidate: Candidate,
  paths: readonly string[],
  { users, signal }: { users: number; signal: AbortSignal },
): Promise<Variant[]> => {
  const { known } = candidate
  const first = lab.accounts[0]
  const speaks = first !== undefined && speaksAs(known.request, first)
  const accounts = speaks ? [...lab.accounts.slice(0, users).keys()] : [null]
  const own: Variant = { account: accounts[0] ?? null, path: known.request.path }
  const found: Variant[] = [own]
  for (const account of accounts) {
    for (const path of paths) {
      if (account === own.account && path === own.path) continue
      signal.throwIfAborted()
      const request = freshen(requestOf(candidate, { account, path }, lab.accounts), lab.random)
      const { status } = await lab.http.request({ ...request, signal })
      if (status === known.status) found.push({ account, path })
    }
  }
  return found
}
