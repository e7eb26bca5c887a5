import type { RequestOptions } from '../../instruments/http/http.ts'
import { wantedKey } from '../idempotency/wanted-key.ts'
import type { Lab } from '../lab.ts'
import { freshen } from './freshen.ts'
import { improve } from './improve.ts'
import { type Lesson, lessonsOf } from './learn.ts'
import { isSuccess, type Observed, observe } from './observe.ts'
import { lessonsFromStore } from './store-lessons.ts'
import { wantedCondition } from './wanted-condition.ts'

/** Enough for a form of a dozen fields that names one at a time. */
const ATTEMPTS = 14

export type Attempt = {
  request: RequestOptions
  sent: RequestOptions
  observed: Observed
  how: 'inferred' | 'learned'
}

export type Speaker = Pick<Lab, 'http' | 'stores' | 'random'> & { background?: ReadonlySet<string> }

const refusedBody = (status: number | null) => status === 400 || status === 422

const lessonsFrom = (sent: RequestOptions, { exchange, refused }: Observed): Lesson[] => [
  ...(refusedBody(exchange.status) ? lessonsOf(exchange.body) : []),
  ...lessonsFromStore(sent.body, refused),
]

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0)

const isAnswered = ({ observed }: Attempt) => observed.exchange.status !== null

/**
 * A refusal that came after a look at the database says more of the route than one of the body's form, and any answer
 * more than none.
 */
const furthest = (one: Attempt | null, other: Attempt): Attempt => {
  if (one === null || isAnswered(one) !== isAnswered(other))
    return one !== null && isAnswered(one) ? one : other
  return sum(other.observed.statements) >= sum(one.observed.statements) ? other : one
}

/**
 * Sends bodies until the API accepts one, following what its refusals say. The attempt that went furthest is returned
 * either way. `request` keeps its placeholders, `sent` is what went out.
 * @param vary the forms of a body worth trying, the best first: other ids for what it refers to
 */
export const tryWrite = async (
  lab: Speaker,
  base: RequestOptions,
  bodies: readonly unknown[],
  vary: (body: unknown) => readonly unknown[] = (body) => [body],
): Promise<Attempt | null> => {
  let best: Attempt | null = null
  let { headers } = base
  const tried = new Set<string>()
  const queue = bodies.flatMap(vary)
  for (let attempt = 0; attempt < ATTEMPTS && queue.length > 0; attempt += 1) {
    const body = queue.shift()
    const key = JSON.stringify([headers, body])
    if (tried.has(key)) continue
    tried.add(key)
    const request = { ...base, ...(headers !== undefined && { headers }), body }
    const sent = freshen(request, lab.random)
    const observed = await observe(lab, sent)
    const made: Attempt = { request, sent, observed, how: attempt === 0 ? 'inferred' : 'learned' }
    if (isSuccess(observed.exchange)) return made
    best = furthest(best, made)
    const wanted = wantedKey(observed.exchange)
    if (wanted !== null && headers?.[wanted] === undefined) {
      headers = { ...headers, [wanted]: '{{uuid}}' }
      queue.unshift(body)
      continue
    }
    const conditioned = await wantedCondition(lab, request, observed.exchange)
    if (conditioned !== null) {
      headers = conditioned
      queue.unshift(body)
      continue
    }
    const lessons = lessonsFrom(sent, observed)
    if (lessons.length === 0) continue
    const better = improve(body, lessons)
    if (!tried.has(JSON.stringify([headers, better]))) queue.unshift(...vary(better))
  }
  return best
}
