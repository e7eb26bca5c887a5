import type { Exchange } from '../../model/evidence.ts'

const REFUSALS: ReadonlySet<number | null> = new Set([400, 403, 409, 412, 422, 428])
const NAMED = /\b((?:[a-z]+-)*idempotency-[a-z]+)\b/i
const TOLD = /\bidempotency key\b/i

/** The header that a refusal asks for: `headers must have required property 'idempotency-key'`; null for none. */
export const wantedKey = ({ status, body }: Pick<Exchange, 'status' | 'body'>): string | null => {
  if (!REFUSALS.has(status)) return null
  return NAMED.exec(body)?.[1] ?? (TOLD.test(body) ? 'Idempotency-Key' : null)
}
