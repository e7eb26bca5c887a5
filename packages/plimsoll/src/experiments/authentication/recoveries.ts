import type { Lab, RequestOptions } from '../../lab/lab.ts'
import type { Route } from '../../model/system.ts'
import { exchangeTexts, type Person } from './person.ts'

const MOST = 3

const RECOVERY = /forgot|recover|reset|lost/i
const ABOUT_PASSWORDS = /pass|account|auth|user/i
const NAMES = /^(e-?mail|user_?-?name|login|user)$/i

/** Where one asks for a new password, by naming an account only. */
const recoveries = (routes: readonly Route[]): { route: Route; name: string }[] =>
  routes.flatMap((route) => {
    if (route.method !== 'POST' || route.path.includes(':')) return []
    if (!RECOVERY.test(route.path) || !ABOUT_PASSWORDS.test(route.path)) return []
    const names = route.reads?.body ?? []
    const name = names.length === 0 ? 'email' : names.find((one) => NAMES.test(one))
    return name === undefined || names.some((one) => /token|code|otp/i.test(one)) ? [] : [{ route, name }]
  })

const nameOf = ({ registered, login }: Person, wanted: string): string | null => {
  let found: string | null = null
  for (const body of [registered?.body, login?.body])
    exchangeTexts(body, (name, value) => {
      if (name === wanted || (/mail/i.test(wanted) && value.includes('@'))) found = value
      return value
    })
  return found
}

/** Requests for a new password of this account's own. */
export const recoveriesOf = ({ service }: Pick<Lab, 'service'>, person: Person): RequestOptions[] =>
  recoveries(service.routes)
    .slice(0, MOST)
    .flatMap(({ route, name }) => {
      const own = nameOf(person, name)
      return own === null ? [] : [{ method: 'POST', path: route.path, body: { [name]: own } }]
    })
