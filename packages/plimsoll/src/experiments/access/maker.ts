import type { KnownRequest, RequestOptions } from '../../lab/lab.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import { withReferences } from '../../lab/speak/references.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Actor } from './actors.ts'
import type { Bench } from './bench.ts'
import { type Planted, sow } from './plant.ts'

/**
 * A request that creates things, and how boldly texts may be planted in it. `others` are bodies that refer to other
 * things and were not sent yet; null before they were needed.
 */
export type Maker = { known: KnownRequest; manner: number; others: unknown[] | null }

/** From the boldest to the known request as it is. */
export const MANNERS = [true, false, null] as const

export type Sent = { sent: RequestOptions; answer: Exchange; planted: Planted[] }

/** Sends a request with texts planted, as boldly as told; `null` sends it as it is. */
export const send = async (
  bench: Pick<Bench, 'ask' | 'random'>,
  actor: Actor,
  base: RequestOptions,
  bold: boolean | null,
): Promise<Sent> => {
  const { body, planted } =
    bold === null ? { body: base.body, planted: [] } : sow(base.body, bench.random, bold)
  const sent = freshen({ ...base, ...(body !== undefined && { body }) }, bench.random)
  return { sent, answer: await bench.ask(sent, actor), planted }
}

const MOST_OTHERS = 60
export const MOST_TRIED = 12

/** What was accepted once and is refused now may be about something that can be had once, such as a seat. */
export const isSpent = ({ known }: Pick<Maker, 'known'>, status: number | null): boolean =>
  known.status < 300 &&
  status !== null &&
  status >= 400 &&
  status < 500 &&
  ![401, 403, 404, 429].includes(status)

/** Bodies of a known request for other things than it asks for, each of them once. */
export const spareBodies = (
  bench: Pick<Bench, 'goesOn' | 'things'>,
  { route, request }: KnownRequest,
): (() => Promise<unknown>) => {
  let others: unknown[] | null = null
  let given = 0
  return async () => {
    others ??= withReferences(request.body, route.path, request.path, await bench.things(), MOST_OTHERS)
    given += 1
    return given <= MOST_OTHERS && bench.goesOn() ? others.shift() : undefined
  }
}

/** Sends the request for other things than the known one asks for, each of them once. */
export const sendForOthers = async (
  bench: Pick<Bench, 'ask' | 'random' | 'goesOn' | 'things'>,
  maker: Maker,
  actor: Actor,
): Promise<Sent | null> => {
  const { route, request } = maker.known
  maker.others ??= withReferences(request.body, route.path, request.path, await bench.things(), MOST_OTHERS)
  for (let tried = 0; tried < MOST_TRIED && bench.goesOn(); tried += 1) {
    const body = maker.others.shift()
    if (body === undefined) return null
    const made = await send(bench, actor, { ...request, body }, MANNERS[maker.manner] ?? null)
    if (isSuccess(made.answer)) return made
  }
  return null
}
