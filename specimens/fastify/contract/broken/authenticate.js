import { Problem } from './problems.js'
import { store } from './store.js'

/** Whose request it is, by the bearer token that a login gave. */
export const authenticate = async (request) => {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  const account = token === undefined ? undefined : store.sessions.get(token)
  if (account === undefined) throw new Problem(401, 'Log in first.')
  request.account = account
  request.token = token
}
