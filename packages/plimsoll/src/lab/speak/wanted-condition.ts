import type { RequestOptions } from '../../instruments/http/http.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Lab } from '../lab.ts'

const HEADER = 'if-match'
const REFUSALS: ReadonlySet<number | null> = new Set([400, 403, 409, 412, 422])

const isWanted = ({ status, body }: Pick<Exchange, 'status' | 'body'>) =>
  status === 428 || status === 412 || (REFUSALS.has(status) && /\bif-match\b/i.test(body))

/**
 * The headers with the condition that a refusal asks for (RFC 9110): any state, or, where that is refused as well, the
 * state that a read shows. Null where none is asked for, or neither helps.
 */
export const wantedCondition = async (
  lab: Pick<Lab, 'http'>,
  { path, headers = {} }: RequestOptions,
  refusal: Exchange,
): Promise<Record<string, string> | null> => {
  if (!isWanted(refusal)) return null
  const sent = headers[HEADER]
  if (sent === undefined) return { ...headers, [HEADER]: '*' }
  if (sent !== '*') return null
  const read = await lab.http.request({ method: 'GET', path, headers })
  const { etag } = read.headers
  return etag === undefined ? null : { ...headers, [HEADER]: etag }
}
