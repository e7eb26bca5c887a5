import type { Route } from '../../model/system.ts'
import type { Entry, Lab, NewAccount, SigningKey } from '../lab.ts'
import { leaves } from './account.ts'
import { makeLike, type Session } from './log-in.ts'
import { logoutRoute } from './session.ts'

/** How accounts get in, of the session that did. */
export const entryOf = (
  { carrier, registered, login }: Session,
  routes: readonly Route[],
  signing: SigningKey | null,
): Entry => ({
  carrier,
  register: registered === null ? null : { route: registered.route, request: registered.request },
  login: login === null ? null : { route: login.route, request: login.request },
  logout: logoutRoute(routes),
  ...(signing !== null && { signing }),
})

/** One more account with equal rights; null where that does not work. */
export const newAccount = async (lab: Lab, first: Session): Promise<NewAccount | null> => {
  const made = await makeLike(lab, first)
  if (made === null) return null
  const { session, register, answer } = made
  return {
    headers: session.headers,
    registered: register,
    login: session.login?.request ?? null,
    fields: leaves(register.body),
    answer,
  }
}
