import type { RequestOptions } from '../../instruments/http/http.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Route } from '../../model/system.ts'

const REGISTER =
  /\/(register|signup|sign-up|sign_up|registration|users|accounts|user|account|customers|createuser)\/?$/i
const LOGIN = /\/(login|signin|sign-in|sign_in|log-in|authenticate|auth|token|sessions?|authentication)\/?$/i

const isLogin = ({ method, path }: Route) => method === 'POST' && LOGIN.test(path)

const PASSWORD = /^pass(?:word|wd|phrase)?$/i
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
  return [...plain, ...(routes.some(isLogin) ? candidates.filter((route) => !plain.includes(route)) : [])]
}

export const loginRoutes = (routes: readonly Route[]): Route[] =>
  routes
    .filter((route) => isLogin(route) && !route.path.includes(':'))
    .sort((a, b) => Number(/log|sign/i.test(b.path)) - Number(/log|sign/i.test(a.path)))

const TOKEN = /^(access_?-?token|auth_?-?token|id_?token|session_?-?token|token|jwt|bearer)$/i

const tokenIn = (value: unknown, depth = 0): string | null => {
  if (value === null || typeof value !== 'object' || depth > 4) return null
  for (const [key, inner] of Object.entries(value)) {
    if (TOKEN.test(key) && typeof inner === 'string' && inner.length >= 8) return inner
    const found = tokenIn(inner, depth + 1)
    if (found !== null) return found
  }
  return null
}

export type Credentials = { token: string | null; cookie: string | null }

/** What the answer to a login lets us carry: a token in the body or a header, cookies set. */
export const credentialsIn = (exchange: Exchange): Credentials => {
  const set = exchange.headers['set-cookie']
  const cookie =
    set === undefined
      ? null
      : set
          .split(/,(?=\s*[\w-]+=)|\n/)
          .map((one) => one.split(';')[0]?.trim())
          .join('; ')
  const header = exchange.headers.authorization?.replace(/^\w+ /, '') ?? null
  try {
    return { token: tokenIn(JSON.parse(exchange.body)) ?? header, cookie }
  } catch {
    return { token: header, cookie }
  }
}

/** How a token may travel; the API tells which one it takes by not answering 401. */
export const SCHEMES = ['Bearer', 'Token', 'JWT', ''] as const

export const sessionHeaders = ({ token, cookie }: Credentials, scheme: string): Record<string, string> => ({
  ...(token !== null && { authorization: scheme === '' ? token : `${scheme} ${token}` }),
  ...(cookie !== null && { cookie }),
})

/** A login that worked, to be sent again in each lab: sessions may live in the app's memory. */
export type Login = {
  route: Route
  request: RequestOptions
  scheme: string
  /** made the account; sent again where the app forgot it, as one that keeps its data in memory does */
  register: RequestOptions
}
