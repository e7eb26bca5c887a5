import { withKey } from '../../lab/idempotency/key.ts'
import type { KnownRequest, RequestOptions } from '../../lab/lab.ts'
import type { Ground } from '../../lab/operations/ground.ts'
import { freshenValue } from '../../lab/speak/freshen.ts'
import type { Key } from './seen.ts'

/** An operation with its key, frozen: only the key differs between two of its requests. */
export type KeyedOperation = { known: KnownRequest; label: string; request: RequestOptions; key: Key }

export const newKey = ({ lab }: Pick<Ground, 'lab'>): string => String(freshenValue('{{uuid}}', lab.random))

export const carrying = ({ request, key }: KeyedOperation, value: string): RequestOptions =>
  withKey(request, key, value)

/** The same request from another account: headers of the first one are replaced; null where it carries none. */
export const fromAnother = (
  request: RequestOptions,
  [first, second]: Ground['lab']['accounts'],
): RequestOptions | null => {
  if (first === undefined || second === undefined) return null
  const carries = Object.entries(first.headers).some(([name, value]) => request.headers?.[name] === value)
  return carries ? { ...request, headers: { ...request.headers, ...second.headers } } : null
}
