import type { Random } from '../../base/random/random.ts'
import type { Lab, RequestOptions } from '../../lab/lab.ts'
import { harvestThings } from '../../lab/load/other-things.ts'
import { changesData } from '../../lab/speak/changing-reads.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import type { Harvest } from '../../lab/speak/harvest.ts'
import type { Exchange } from '../../model/evidence.ts'
import { type Actor, asActor, type Cast } from './actors.ts'

const MOST_REQUESTS = 2_500
const BODY_LIMIT = 262_144
const MOST_READS = 40
const SHOWN_CHARACTERS = 2_000

/** Where requests go out, one at a time, and are counted. */
export type Desk = {
  lab: Lab
  random: Random
  signal: AbortSignal
  send(request: RequestOptions): Promise<Exchange>
  /** false once enough was asked, or there is no time for more */
  goesOn(): boolean
  requests(): number
  /** what the app and its store show, to refer to; looked at once */
  things(): Promise<Harvest>
}

/** A desk with those who use it. */
export type Bench = Desk & {
  cast: Cast
  /** sends the request, known as the speaker's, as this actor */
  ask(request: RequestOptions, actor: Actor): Promise<Exchange>
}

/** What lists show, and what known reads show below a thing: the seats of an event. */
const lookAround = async (
  lab: Pick<Lab, 'http' | 'known' | 'random' | 'stores'>,
  signal: AbortSignal,
): Promise<Harvest> => {
  const harvest = await harvestThings(lab, signal)
  const below = lab.known.filter(
    ({ route, request, status }) =>
      request.method === 'GET' && status < 300 && route.path.includes(':') && !changesData(route),
  )
  for (const { route, request } of below.slice(0, MOST_READS)) {
    const sent = { ...freshen(request, lab.random), timeoutMs: 5_000, bodyLimit: BODY_LIMIT, signal }
    const { status, body } = await lab.http.request(sent)
    if (status !== null && status < 300) harvest.keep(route.path, body, request.path)
  }
  return harvest
}

export const openDesk = (lab: Lab, signal: AbortSignal): Desk => {
  let sent = 0
  let things: Promise<Harvest> | null = null
  const random = lab.random.fork('access')
  return {
    ...{ lab, random, signal },
    async send(request) {
      sent += 1
      const filled = freshen(request, random)
      const exchange = await lab.http.request({ timeoutMs: 5_000, bodyLimit: BODY_LIMIT, ...filled, signal })
      if (exchange.status === null && (await lab.target.exited(250)) !== null) {
        await lab.target.restart()
        await lab.target.ready(30_000)
      }
      return exchange
    },
    goesOn: () => !signal.aborted && sent < MOST_REQUESTS,
    requests: () => sent,
    things() {
      things ??= lookAround({ ...lab, random }, signal)
      return things
    },
  }
}

export const seat = (desk: Desk, cast: Cast): Bench => ({
  ...desk,
  cast,
  ask: (request, actor) => desk.send(asActor(request, cast, actor)),
})

/** Short enough to be shown, with the first of the texts that matter in what is left. */
export const cut = (exchange: Exchange, around: readonly string[] = []): Exchange => {
  if (exchange.body.length <= SHOWN_CHARACTERS) return exchange
  const body = exchange.body.toLowerCase()
  const places = around.map((text) => body.indexOf(text)).filter((at) => at >= 0)
  const from = places.length === 0 ? 0 : Math.max(0, Math.min(...places) - SHOWN_CHARACTERS / 2)
  return { ...exchange, body: exchange.body.slice(from, from + SHOWN_CHARACTERS) }
}
