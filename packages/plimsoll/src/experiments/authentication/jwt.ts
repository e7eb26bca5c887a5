import { createHmac } from 'node:crypto'

/** A token taken apart. */
export type Jwt = {
  /** the header it travels in, with what stands around it */
  header: string
  carried: string
  text: string
  head: Record<string, unknown>
  payload: Record<string, unknown>
  signature: string
}

const TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]*/

const parse = (part: string | undefined): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))
    return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value)) : null
  } catch {
    return null
  }
}

/** The token that a session's headers carry; null where they carry none. */
export const jwtIn = (headers: Readonly<Record<string, string>>): Jwt | null => {
  for (const [header, carried] of Object.entries(headers)) {
    const text = TOKEN.exec(carried)?.[0]
    const [head, payload, signature = ''] = text?.split('.') ?? []
    const [first, second] = [parse(head), parse(payload)]
    if (text !== undefined && first !== null && second !== null)
      return { header, carried, text, head: first, payload: second, signature }
  }
  return null
}

export const encode = (value: unknown) => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url')

const HASHES: Readonly<Record<string, string>> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }

export const isSymmetric = ({ head }: Jwt) => HASHES[String(head.alg)] !== undefined

export const sign = (
  head: Record<string, unknown>,
  payload: Record<string, unknown>,
  secret: string,
): string => {
  const signed = `${encode(head)}.${encode(payload)}`
  const hash = HASHES[String(head.alg)] ?? 'sha256'
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`
}

export const isSignedBy = ({ head, text, signature }: Jwt, secret: string): boolean => {
  const hash = HASHES[String(head.alg)]
  const signed = text.slice(0, text.lastIndexOf('.'))
  return hash !== undefined && createHmac(hash, secret).update(signed).digest('base64url') === signature
}

/** Seconds from issue to expiry, from now on where the token does not say when it was issued; null: it does not expire. */
export const lifeOf = ({ payload: { exp, iat } }: Jwt): number | null =>
  typeof exp !== 'number' ? null : exp - (typeof iat === 'number' ? iat : Math.floor(Date.now() / 1_000))

/** What a credential says of itself that needs no look-up: a signed token, of whatever kind. */
export type Stateless = { lifeSeconds: number | null }

const nowSeconds = () => Math.floor(Date.now() / 1_000)

const endOf = (claims: Record<string, unknown>): number | null => {
  const end = Object.entries(claims).find(([name, value]) => /^exp/i.test(name) && typeof value === 'number')
  const value = Number(end?.[1] ?? Number.NaN)
  return Number.isNaN(value) ? null : value > 1e11 ? Math.floor(value / 1_000) : value
}

/** Claims under a signature, in any credential of these headers; null where each is an id that says nothing. */
export const statelessIn = (headers: Readonly<Record<string, string>>): Stateless | null => {
  const jwt = jwtIn(headers)
  if (jwt !== null) return { lifeSeconds: lifeOf(jwt) }
  const values = Object.values(headers).flatMap((value) => value.split(/[\s;=]+/))
  for (const value of values) {
    const parts = value.replace(/^s%3A/i, '').split('.')
    const claims = parts.length > 1 ? parse(parts[0]) : null
    if (claims === null) continue
    const end = endOf(claims)
    return { lifeSeconds: end === null ? null : end - nowSeconds() }
  }
  return null
}
