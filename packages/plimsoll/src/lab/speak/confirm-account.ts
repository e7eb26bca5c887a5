import { quoteName } from '../../base/sql/quote.ts'
import type { Route } from '../../model/system.ts'
import type { Lab } from '../lab.ts'
import { leaves } from './account.ts'

const CONFIRMS = /confirm|verif|activat/i
const NO_FLAG = /token|code|secret|hash|expir|sent|password|phone/i
/** A log comes through a pipe, a little after the answer. */
const LOG_LAG_MS = 80

type Written = Pick<Lab, 'http' | 'stores' | 'target' | 'sleep'>

const linkTo = ({ path }: Pick<Route, 'path'>) =>
  new RegExp(
    `${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[\\w.~%-]{4,}')}(?:\\?[\\w.~%=&-]+)?`,
  )

/** Without a server for mail many apps write the link to their log. */
const followLink = async (lab: Written, routes: readonly Route[], sinceMs: number): Promise<boolean> => {
  const confirming = routes.filter(({ method, path }) => method === 'GET' && CONFIRMS.test(path))
  if (confirming.length === 0) return false
  await lab.sleep(LOG_LAG_MS)
  const said = lab.target
    .logs(sinceMs)
    .map(({ text }) => text)
    .reverse()
  for (const route of confirming) {
    const link = said.map((line) => linkTo(route).exec(line)?.[0]).find((one) => one !== undefined)
    if (link === undefined || link === route.path) continue
    const { status } = await lab.http.request({ method: 'GET', path: link })
    if (status !== null && status < 400) return true
  }
  return false
}

const setValue = (column: string, value: unknown): string | null => {
  if (!CONFIRMS.test(column) || NO_FLAG.test(column)) return null
  if (value === false || value === 0) return value === 0 ? '1' : 'true'
  return value === null && /_at$|At$|_on$|date/i.test(column) ? 'CURRENT_TIMESTAMP' : null
}

/** What the link would have written: the row of the account says that it is confirmed. */
const markRow = async ({ stores }: Written, name: string): Promise<boolean> => {
  for (const { database } of stores) {
    const found = await database.find?.([name]).catch(() => null)
    for (const table of Object.keys(found?.[name] ?? {})) {
      const where = `FROM ${quoteName(table)} AS one WHERE one::text LIKE $1 LIMIT 1`
      const answer = await database.query(`SELECT one.* ${where}`, [`%${name}%`]).catch(() => null)
      const changes = Object.entries(answer?.rows[0] ?? {}).flatMap(([column, value]) => {
        const set = setValue(column, value)
        return set === null ? [] : [`${quoteName(column)} = ${set}`]
      })
      if (changes.length === 0) continue
      const update = `UPDATE ${quoteName(table)} AS one SET ${changes.join(', ')} WHERE one::text LIKE $1`
      const done = await database.query(update, [`%${name}%`]).catch(() => null)
      if (done !== null) return true
    }
  }
  return false
}

/**
 * Does what the link in a mail would do for the account that was just registered; false where nothing shows how.
 * @param account the body that it was registered with
 * @param sinceMs when it was
 */
export const confirmAccount = async (
  lab: Written,
  routes: readonly Route[],
  account: unknown,
  sinceMs: number,
): Promise<boolean> => {
  if (await followLink(lab, routes, sinceMs)) return true
  const names = Object.entries(leaves(account))
    .filter(
      ([key, value]) => /mail|user|login|name/i.test(key) && typeof value === 'string' && value.length > 5,
    )
    .map(([, value]) => String(value))
    .sort((a, b) => Number(b.includes('@')) - Number(a.includes('@')))
  for (const name of names.slice(0, 2)) if (await markRow(lab, name)) return true
  return false
}
