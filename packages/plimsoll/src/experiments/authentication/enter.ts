import type { Lab, RequestOptions } from '../../lab/lab.ts'
import { credentialsIn, sessionHeaders } from '../../lab/speak/credentials.ts'
import type { Exchange } from '../../model/evidence.ts'
import { BODY_LIMIT } from './gate.ts'

/** What the answer gives, carried as the session that is known carries its own. */
export const headersLike = (
  like: Readonly<Record<string, string>>,
  answer: Exchange,
): Record<string, string> | null => {
  const { token, cookie } = credentialsIn(answer)
  const [name] = Object.keys(like).filter((header) => header !== 'cookie' && !/csrf|xsrf/i.test(header))
  if (name === undefined) return cookie === null ? null : sessionHeaders({ token: null, cookie })
  if (token === null) return null
  const value = like[name] ?? ''
  const scheme = value.includes(' ') ? (value.split(' ')[0] ?? '') : ''
  return sessionHeaders({ token, cookie: 'cookie' in like ? cookie : null }, { header: name, scheme })
}

/** One more session through a login; null where it does not let in. */
export const enterAs = async (
  lab: Pick<Lab, 'http'>,
  login: RequestOptions,
  like: Readonly<Record<string, string>>,
): Promise<Record<string, string> | null> => {
  const answer = await lab.http.request({ ...login, bodyLimit: BODY_LIMIT })
  return answer.status === null || answer.status >= 400 ? null : headersLike(like, answer)
}
