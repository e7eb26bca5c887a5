import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { type Forged, forge } from './forge.ts'
import { encode, isSignedBy, type Jwt, jwtIn, lifeOf, statelessIn } from './jwt.ts'

const SECRET = 'plimsoll-secret-of-thirty-two-bytes'

const tokenOf = async (claims: Record<string, unknown>, head: Record<string, unknown> = {}): Promise<Jwt> => {
  const text = await new SignJWT(claims)
    .setProtectedHeader({ ...head, alg: 'HS256' })
    .sign(new TextEncoder().encode(SECRET))
  const jwt = jwtIn({ authorization: `Bearer ${text}` })
  if (jwt === null) throw new Error('no token')
  return jwt
}

const claims = { sub: 'ann', iat: 1_000, exp: 4_600 }
const options = { other: null, secret: null, pem: null, nowSeconds: 1_000 }
const kinds = (forged: readonly Forged[]) => [...new Set(forged.map(({ kind }) => kind))]

test('a token is taken out of whatever header carries it', async () => {
  const jwt = await tokenOf(claims)
  expect(jwt.payload).toEqual(claims)
  expect(jwtIn({ cookie: `theme=dark; session=${jwt.text}` })?.header).toBe('cookie')
  expect(jwtIn({ authorization: 'Bearer 7f3a9c' })).toBeNull()
  expect(isSignedBy(jwt, SECRET)).toBe(true)
  expect(isSignedBy(jwt, 'other')).toBe(false)
  expect(lifeOf(jwt)).toBe(3_600)
  expect(lifeOf(await tokenOf({ sub: 'ann' }))).toBeNull()
})

test('a credential that carries its claims is told from one that is looked up', async () => {
  expect(statelessIn({ authorization: `Bearer ${(await tokenOf(claims)).text}` })).toEqual({
    lifeSeconds: 3_600,
  })
  expect(statelessIn({ cookie: `theme=dark; session=${encode({ account: 7 })}.c2lnbmF0dXJl` })).toEqual({
    lifeSeconds: null,
  })
  expect(statelessIn({ cookie: 'sid=s%3AaGVsbG8.c2lnbmF0dXJl; theme=dark' })).toBeNull()
  expect(statelessIn({ authorization: 'Bearer 0123456789abcdef' })).toBeNull()
})

describe('forgeries', () => {
  test('without the key, none verifies, and none is the true token', async () => {
    const jwt = await tokenOf(claims)
    const other = await tokenOf({ ...claims, sub: 'bob' })
    const forged = await forge(jwt, { ...options, other })
    expect(kinds(forged)).toEqual(['signature', 'alg none', 'embedded key'])
    for (const { text } of forged) {
      const again = jwtIn({ authorization: text })
      expect(text).not.toBe(jwt.text)
      expect(again === null || !isSignedBy(again, SECRET)).toBe(true)
    }
    expect(decodeJwt(forged[0]?.text ?? '').sub).toBe('bob')
    const algorithms = forged
      .filter(({ kind }) => kind === 'alg none')
      .map(({ text }) => decodeProtectedHeader(text).alg)
    expect(algorithms).toEqual(['none', 'None', 'NONE', 'nOnE'])
  })

  test('with the key, they verify and say what they must not', async () => {
    const jwt = await tokenOf({ ...claims, aud: 'shop', iss: 'us' })
    const forged = await forge(jwt, { ...options, secret: SECRET })
    const signed = forged.filter(({ kind }) =>
      ['expiry', 'audience and issuer', 'signing key'].includes(kind),
    )
    expect(signed.map(({ what }) => what)).toEqual([
      'expired an hour ago',
      'made for another audience',
      'made by another issuer',
      'made anew with the key',
    ])
    for (const { text } of signed) {
      const again = jwtIn({ authorization: text })
      expect(again !== null && isSignedBy(again, SECRET)).toBe(true)
    }
    expect(decodeJwt(signed[0]?.text ?? '').exp).toBe(-2_600)
  })

  test('a key id is played with where there is one; a public key only where it is not symmetric', async () => {
    const jwt = await tokenOf(claims, { kid: 'first' })
    expect(kinds(await forge(jwt, options))).toContain('key id')
    const asymmetric = { ...jwt, head: { ...jwt.head, alg: 'RS256' } }
    expect(kinds(await forge(asymmetric, { ...options, pem: 'PEM' }))).toContain('algorithm confusion')
    expect(kinds(await forge(jwt, { ...options, pem: 'PEM' }))).not.toContain('algorithm confusion')
  })
})
