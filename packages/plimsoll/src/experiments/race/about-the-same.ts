import type { RequestOptions } from '../../lab/lab.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const REFERENCE = /(?:_id|Id|ID|_ids|Ids)$/

/** The second request about the things that the first names in its body; null where both name the same, or nothing. */
export const aboutTheSame = (first: RequestOptions, second: RequestOptions): RequestOptions | null => {
  const { body: from } = first
  const { body: to } = second
  if (!isRecord(from) || !isRecord(to)) return null
  const shared = Object.keys(from).filter(
    (name) => REFERENCE.test(name) && name in to && JSON.stringify(from[name]) !== JSON.stringify(to[name]),
  )
  if (shared.length === 0) return null
  return { ...second, body: { ...to, ...Object.fromEntries(shared.map((name) => [name, from[name]])) } }
}
