import type { z } from 'zod'
import type { Lab, RequestOptions } from '../../lab/lab.ts'
import { speakAs } from '../../lab/load/load-request.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import { revive } from '../../lab/speak/revive.ts'
import type { Exchange } from '../../model/evidence.ts'
import { cut } from './answers.ts'
import { BODY_LIMIT } from './gate.ts'
import { type Person, passwordIn } from './person.ts'
import type { Exposure } from './seen.ts'

type Exposed = z.infer<typeof Exposure>

const MOST_ASKED = 60
const HASH = /\$2[aby]\$\d\d\$[./\w]{40,}|\$argon2(?:id|i|d)\$|\$scrypt\$|pbkdf2[:_$][\w:$]+\$/

const LENGTH_OF_WINDOW = 600

/** Evidence keeps a part of a body: the one that the find stands in. */
const around = (exchange: Exchange, at: number): Exchange => ({
  ...exchange,
  body: exchange.body.slice(Math.max(0, at - LENGTH_OF_WINDOW), at + LENGTH_OF_WINDOW),
})

const found = (
  exchange: Exchange,
  passwords: readonly string[],
): { what: Exposed['what']; at: number } | null => {
  const plain = Math.max(...passwords.map((password) => exchange.body.indexOf(password)))
  if (plain >= 0) return { what: 'password', at: plain }
  const hash = exchange.body.search(HASH)
  return hash < 0 ? null : { what: 'hash', at: hash }
}

/** Looks for a password of our own, or any hash of one, in what the app answers. */
export const searchPasswords = async (
  lab: Lab,
  person: Person,
  signal: AbortSignal,
): Promise<{ exposures: Exposed[]; searched: number }> => {
  const known = [person.registered?.body, person.login?.body, lab.entry?.login?.request.body].map(passwordIn)
  const passwords = known.filter((one) => one !== null).filter((one) => one.length >= 8)
  const [account] = lab.accounts
  if (passwords.length === 0) return { exposures: [], searched: 0 }
  const exposures: Exposed[] = []
  let searched = 0
  const ask = async (request: RequestOptions): Promise<Exchange> => {
    const exchange = await lab.http.request(request)
    if (exchange.status === null) await revive(lab)
    else searched += 1
    return exchange
  }
  const reads = lab.known.filter(({ request }) => request.method === 'GET').slice(0, MOST_ASKED)
  const look = (operation: string, exchange: Exchange, anonymous: boolean) => {
    const hit = found(exchange, passwords)
    if (hit !== null)
      exposures.push({ operation, what: hit.what, anonymous, exchange: cut(around(exchange, hit.at)) })
  }
  for (const { route, request } of reads) {
    if (signal.aborted) break
    const sent = { ...freshen(request, lab.random), bodyLimit: BODY_LIMIT * 8 }
    const asked = account === undefined ? sent : speakAs(sent, account, person)
    const exchange = await ask(asked)
    if (found(exchange, passwords) === null) continue
    const bare = account === undefined ? sent : speakAs(sent, account, { headers: {} })
    const open = await lab.http.request(bare)
    const anonymous = found(open, passwords) !== null
    look(`${route.method} ${route.path}`, anonymous ? open : exchange, anonymous)
  }
  const { register, login } = lab.entry ?? {}
  if (register != null) {
    const sent = freshen(register.request, lab.random)
    const exchange = await ask({ ...sent, bodyLimit: BODY_LIMIT })
    const secret = passwordIn(sent.body)
    const hit = found(exchange, secret === null ? passwords : [secret])
    if (hit !== null)
      exposures.push({
        operation: `${register.route.method} ${register.route.path}`,
        what: hit.what,
        anonymous: false,
        exchange: cut(around(exchange, hit.at)),
      })
  }
  if (login != null && person.login !== null)
    look(
      `${login.route.method} ${login.route.path}`,
      await ask({ ...person.login, bodyLimit: BODY_LIMIT }),
      false,
    )
  return { exposures, searched }
}
