import type { z } from 'zod'
import type { Lab } from '../../lab/lab.ts'
import { credentialsIn } from '../../lab/speak/credentials.ts'
import { cut } from './answers.ts'
import type { Gate } from './gate.ts'
import { jwtIn } from './jwt.ts'
import { meetPerson } from './person.ts'
import type { Fixation } from './seen.ts'

type Fixed = z.infer<typeof Fixation>

const namesIn = (cookie: string) => cookie.split('; ').map((one) => one.slice(0, one.indexOf('=')))

/** A session that the app gives to whoever asks, before any login. */
const givenCookie = async (lab: Lab, gate: Gate, login: string, names: readonly string[]) => {
  const pages = lab.known
    .filter(({ route }) => route.method === 'GET' && !route.path.includes(':'))
    .map(({ request }) => request.path)
  for (const path of [...new Set([gate.request.path, login, '/', ...pages])].slice(0, 12)) {
    const { cookie } = credentialsIn(await lab.http.request({ method: 'GET', path }))
    if (cookie !== null && namesIn(cookie).some((name) => names.includes(name))) return cookie
  }
  return null
}

const MADE_UP = 'plimsoll0fixed0session0of0nobody0'

/** Logs in with a session id that somebody else knows, and asks with that id alone. */
export const tryFixation = async (lab: Lab, gate: Gate): Promise<Fixed[] | null> => {
  const { entry } = lab
  if (entry?.carrier !== 'cookie' || entry.login === null) return null
  const person = await meetPerson(lab)
  if (person?.login == null || person.headers.cookie === undefined) return null
  if (jwtIn(person.headers) !== null) return null
  const names = namesIn(person.headers.cookie)
  const given = await givenCookie(lab, gate, person.login.path, names)
  const ways = [
    { how: 'that the app gave before the login', cookie: given },
    { how: 'that we made up', cookie: names.map((name) => `${name}=${MADE_UP}`).join('; ') },
  ]
  const found: Fixed[] = []
  for (const { how, cookie } of ways) {
    if (cookie === null) continue
    const before = await gate.ask({ cookie })
    if (gate.opens(before)) continue
    const login = await lab.http.request({
      ...person.login,
      headers: { ...person.login.headers, cookie },
    })
    if (login.status === null || login.status >= 400) continue
    const after = await gate.ask({ cookie })
    const operation = `${entry.login.route.method} ${entry.login.route.path}`
    found.push({
      operation,
      how,
      before: cut(before),
      login: cut(login),
      after: cut(after),
      fixed: gate.opens(after),
    })
  }
  return found
}
