import { parseJson } from '../../base/json/parse-json.ts'
import type { Account, KnownRequest, Lab, RequestOptions } from '../../lab/lab.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import { thingsIn, usable } from '../../lab/speak/things.ts'
import { BODY_LIMIT, idIn, speakAs, type Throwaway } from './speaker.ts'

const OWN_ACCOUNT = /\/(users?|accounts?|customers?|members?|profiles?)\/:\w+/i

const partsOf = (path: string) => (path.split('?')[0] ?? '').split('/')

/** Index of the part that names the thing itself: the last parameter. */
const lastParameter = (path: string) => partsOf(path).findLastIndex((part) => part.startsWith(':'))

const isMaker = (known: KnownRequest, prefix: string) =>
  known.request.method === 'POST' && known.route.path.replace(/\/$/, '') === prefix

const nameIn = (answer: string, name: string, path: string, sent: string): string | number | undefined => {
  const [first, second] = thingsIn(path, parseJson(answer), sent)
  return [first?.thing[name], second?.thing[name]].find(usable)
}

/**
 * The request on a thing of the speaker's own, made for it where one can be made. What is made stands where the known
 * request had its thing; where nothing can be made the known one stays.
 */
export const placeOn = async (
  lab: Lab,
  known: KnownRequest,
  actor: Account | Throwaway,
  signal: AbortSignal,
): Promise<RequestOptions> => {
  const request = speakAs(known.request, lab.accounts[0], actor) ?? known.request
  const index = lastParameter(known.route.path)
  if (index < 0) return request
  const parts = partsOf(request.path)
  const put = (value: string | number): RequestOptions => ({
    ...request,
    path: parts.with(index, encodeURIComponent(String(value))).join('/'),
  })
  if ('id' in actor && actor.id !== undefined && OWN_ACCOUNT.test(known.route.path)) return put(actor.id)
  const prefix = partsOf(known.route.path).slice(0, index)
  const maker = lab.known.find((one) => isMaker(one, prefix.join('/')))
  if (maker === undefined || prefix.some((part) => part.startsWith(':')) || index >= parts.length)
    return request
  const make = freshen(speakAs(maker.request, lab.accounts[0], actor) ?? maker.request, lab.random)
  const made = await lab.http.request({ ...make, bodyLimit: BODY_LIMIT, signal })
  if (!isSuccess(made)) return request
  const parameter = partsOf(known.route.path)[index]?.slice(1) ?? 'id'
  const name =
    nameIn(made.body, parameter, maker.route.path, make.path) ?? idIn(maker.route.path, made, make.path)
  return name === undefined ? request : put(name)
}
