import type { RequestOptions } from '../../lab/lab.ts'
import type { Actor } from './actors.ts'

const OLD = /^(?:old|current|existing|present|previous)_?-?pass(?:word|wd|phrase)?$/i

/** Who changes a password is asked for the one that it has: each actor knows its own. */
export const withOwnPassword = (request: RequestOptions, { fields = {} }: Actor): RequestOptions => {
  const own = Object.entries(fields).find(([name]) => /^pass(?:word|wd|phrase)?$/i.test(name))?.[1]
  const { body } = request
  if (own === undefined || body === null || typeof body !== 'object' || Buffer.isBuffer(body)) return request
  if (!Object.keys(body).some((name) => OLD.test(name))) return request
  const entries = Object.entries(body).map(([name, value]) => [name, OLD.test(name) ? own : value])
  return { ...request, body: Object.fromEntries(entries) }
}
