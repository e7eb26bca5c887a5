import type { RequestOptions } from '../../instruments/http/http.ts'
import type { Lab } from '../lab.ts'
import { freshen } from './freshen.ts'
import { improve } from './improve.ts'
import { lessonsOf } from './learn.ts'
import { isSuccess, type Observed, observe } from './observe.ts'

/** Enough for a form of a dozen fields that names one at a time. */
const ATTEMPTS = 14

export type Attempt = {
  request: RequestOptions
  sent: RequestOptions
  observed: Observed
  how: 'inferred' | 'learned'
}

const refusedBody = (status: number | null) => status === 400 || status === 422

/**
 * Sends bodies until the API accepts one, following what its refusals say. The last attempt is returned either way.
 * `request` keeps its placeholders, `sent` is what went out.
 */
export const tryWrite = async (
  lab: Pick<Lab, 'http' | 'stores' | 'random'>,
  base: RequestOptions,
  bodies: readonly unknown[],
): Promise<Attempt | null> => {
  let last: Attempt | null = null
  const tried = new Set<string>()
  const queue = [...bodies]
  for (let attempt = 0; attempt < ATTEMPTS && queue.length > 0; attempt += 1) {
    const body = queue.shift()
    const key = JSON.stringify(body)
    if (tried.has(key)) continue
    tried.add(key)
    const request = { ...base, body }
    const sent = freshen(request, lab.random)
    const observed = await observe(lab, sent)
    last = { request, sent, observed, how: attempt === 0 ? 'inferred' : 'learned' }
    if (isSuccess(observed.exchange)) return last
    if (!refusedBody(observed.exchange.status)) continue
    const better = improve(body, lessonsOf(observed.exchange.body))
    if (!tried.has(JSON.stringify(better))) queue.unshift(better)
  }
  return last
}
