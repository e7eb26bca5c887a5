import type { Random } from '../../base/random/random.ts'
import type { Lab, RequestOptions } from '../../lab/lab.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import type { Exchange } from '../../model/evidence.ts'
import { type Actor, asActor, type Cast } from './actors.ts'

const MOST_REQUESTS = 2_500
const BODY_LIMIT = 262_144
const SHOWN_CHARACTERS = 2_000

/** Where things are created and asked for, one request at a time. */
export type Bench = {
  lab: Lab
  cast: Cast
  random: Random
  signal: AbortSignal
  /** sends the request, known as A's, as this actor */
  ask(request: RequestOptions, actor: Actor): Promise<Exchange>
  /** false once enough was asked, or there is no time for more */
  goesOn(): boolean
  requests(): number
}

export const openBench = (lab: Lab, cast: Cast, signal: AbortSignal): Bench => {
  let sent = 0
  const random = lab.random.fork('access')
  return {
    ...{ lab, cast, random, signal },
    async ask(request, actor) {
      sent += 1
      const filled = asActor(freshen(request, random), cast, actor)
      const exchange = await lab.http.request({ timeoutMs: 5_000, bodyLimit: BODY_LIMIT, ...filled, signal })
      if (exchange.status === null && (await lab.target.exited(250)) !== null) {
        await lab.target.restart()
        await lab.target.ready(30_000)
      }
      return exchange
    },
    goesOn: () => !signal.aborted && sent < MOST_REQUESTS,
    requests: () => sent,
  }
}

export const isGood = ({ status }: Pick<Exchange, 'status'>): boolean =>
  status !== null && status >= 200 && status < 300

/** Short enough to be shown, with the text that matters in what is left. */
export const cut = (exchange: Exchange, around: readonly string[] = []): Exchange => {
  if (exchange.body.length <= SHOWN_CHARACTERS) return exchange
  const at = Math.max(0, Math.min(...around.map((text) => exchange.body.indexOf(text)).filter((n) => n >= 0)))
  const from = Number.isFinite(at) ? Math.max(0, at - SHOWN_CHARACTERS / 2) : 0
  return { ...exchange, body: exchange.body.slice(from, from + SHOWN_CHARACTERS) }
}
