import type { Route } from '../../model/system.ts'

const REGISTER =
  /\/(register|signup|sign-up|sign_up|registration|users|accounts|user|account|customers|createuser)\/?$/i
const GIVES_KEYS = /\/(clients?|api-?_?keys?|keys?|apps?|applications?|tokens?|register|signup)\/?$/i
const LOGOUT = /\/(log-?_?out|sign-?_?out|log-?_?off)\/?$/i
const SESSION = /\/(sessions?|login|auth|token)(\/(current|me))?\/?$/i
const LOGIN =
  /\/(login|signin|sign-in|sign_in|log-in|log_?on|authenticate|auth|(?:access-?)?tokens?|sessions?|authentication)\/?$/i

const isLogin = ({ method, path }: Route) => method === 'POST' && LOGIN.test(path)

const PASSWORD = /^pass(?:word|wd|phrase)?$/i
const IDENTITY = /^(?:e-?mail|user_?name|user|login|identifier|phone|account|name|handle|nick(?:name)?)$/i
const BESIDE = /^(?:remember|remember_?me|grant_?type|client_?id|scope|otp|device)$/i
const ABOUT_PASSWORDS = /pass|reset|forgot|recover|verify|change/i

/** What an account is made of is told by the body, whatever the API calls an account. */
const takesPassword = (route: Route) =>
  !isLogin(route) &&
  !ABOUT_PASSWORDS.test(route.path) &&
  route.reads?.body.some((name) => PASSWORD.test(name.split('.').at(-1) ?? '')) === true

/** Sign-up first by its plain name; a bare `POST /users` only where somebody can also log in. */
export const registerRoutes = (routes: readonly Route[]): Route[] => {
  const candidates = routes.filter(
    (route) =>
      route.method === 'POST' &&
      (REGISTER.test(route.path) || takesPassword(route)) &&
      !route.path.includes(':'),
  )
  const plain = candidates.filter(({ path }) => /regist|sign/i.test(path))
  return [
    ...plain,
    ...(loginRoutes(routes).length > 0 ? candidates.filter((route) => !plain.includes(route)) : []),
  ]
}

/** Somebody who is known already and a password, and nothing more: whatever the API calls it. */
const takesCredentials = ({ method, path, reads }: Route): boolean => {
  const names = reads?.body.map((name) => name.split('.').at(-1) ?? '') ?? []
  const others = names.filter((name) => !PASSWORD.test(name) && !IDENTITY.test(name))
  return (
    method === 'POST' &&
    !REGISTER.test(path) &&
    !ABOUT_PASSWORDS.test(path.replace(/\/password\/?$/i, '')) &&
    names.some((name) => PASSWORD.test(name)) &&
    names.some((name) => IDENTITY.test(name)) &&
    others.every((name) => BESIDE.test(name))
  )
}

/** What takes credentials beside something else that makes accounts. */
const unnamedLogins = (plain: readonly Route[]): Route[] => {
  const found = plain.filter(takesCredentials)
  const makesAccounts = (route: Route) =>
    route.method === 'POST' && !found.includes(route) && (REGISTER.test(route.path) || takesPassword(route))
  return plain.some(makesAccounts) ? found : []
}

/** By name, those that say so first; where none is called so, by what they take. */
export const loginRoutes = (routes: readonly Route[]): Route[] => {
  const plain = routes.filter(({ path }) => !path.includes(':'))
  const named = plain.filter(isLogin)
  const found = named.length > 0 ? named : unnamedLogins(plain)
  return found.sort((a, b) => Number(/log|sign/i.test(b.path)) - Number(/log|sign/i.test(a.path)))
}

/** Where a key may be had by those who only name themselves, or a password goes with every request: tried last. */
export const keyRoutes = (routes: readonly Route[]): Route[] =>
  routes.filter(
    (route) =>
      route.method === 'POST' &&
      !route.path.includes(':') &&
      (GIVES_KEYS.test(route.path) || REGISTER.test(route.path) || takesPassword(route)) &&
      !ABOUT_PASSWORDS.test(route.path),
  )

/** What ends a session: its plain name first, then a session that can be deleted. */
export const logoutRoute = (routes: readonly Route[]): Route | null => {
  const plain = routes.filter(({ path }) => LOGOUT.test(path) && !path.includes(':'))
  const order = ['POST', 'DELETE', 'GET', 'ANY', 'PUT', 'PATCH']
  const [best] = plain.sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method))
  return best ?? routes.find(({ method, path }) => method === 'DELETE' && SESSION.test(path)) ?? null
}
