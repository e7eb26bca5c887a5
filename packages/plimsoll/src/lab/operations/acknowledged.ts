import { parseJson } from '../../base/json/parse-json.ts'
import type { Exchange } from '../../model/evidence.ts'

type Answer = Pick<Exchange, 'status' | 'body'>

const keysOf = (value: unknown): string =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.keys(value).sort().join(' ')
    : typeof value

/**
 * Says that it is done: a success, in the form in which the undisturbed operation said so. A 200 that carries an error,
 * or a page with a message, promises nothing.
 */
export const isAcknowledged = (answer: Answer, undisturbed: Answer): boolean => {
  const { status } = answer
  if (status === null || status < 200 || status >= 300 || status !== undisturbed.status) return false
  if (answer.body === '' || undisturbed.body === '') return answer.body === undisturbed.body
  const [said, usual] = [parseJson(answer.body), parseJson(undisturbed.body)]
  if (said === null || usual === null) return answer.body === undisturbed.body
  return keysOf(said) === keysOf(usual) && !saysNo(said)
}

const saysNo = (value: unknown): boolean =>
  value !== null &&
  typeof value === 'object' &&
  Object.entries(value).some(
    ([key, inner]) => (/^(success|ok)$/i.test(key) && inner === false) || (/^errors?$/i.test(key) && inner),
  )
