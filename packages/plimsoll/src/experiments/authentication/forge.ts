import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { encode, isSymmetric, type Jwt, sign } from './jwt.ts'

/** A token that must be refused, and why. */
export type Forged = {
  /** the check that it belongs to: `signature`, `alg none` */
  kind: string
  what: string
  text: string
  /** it names another account */
  other: boolean
}

const flip = (signature: string) => {
  const middle = Math.floor(signature.length / 2)
  const letter = signature[middle] === 'A' ? 'B' : 'A'
  return `${signature.slice(0, middle)}${letter}${signature.slice(middle + 1)}`
}

const bodyOf = (jwt: Jwt) => jwt.text.slice(0, jwt.text.lastIndexOf('.'))

const unsigned = (jwt: Jwt): Forged[] =>
  ['none', 'None', 'NONE', 'nOnE'].map((alg) => ({
    kind: 'alg none',
    what: `its algorithm set to "${alg}", no signature`,
    text: `${encode({ ...jwt.head, alg })}.${encode(jwt.payload)}.`,
    other: false,
  }))

const unverified = (jwt: Jwt, other: Jwt | null): Forged[] => {
  const kind = 'signature'
  const stranger = 'plimsoll-wrong-key-0123456789abcdef'
  return [
    ...(other === null
      ? []
      : [
          {
            kind,
            what: "the claims of another account under this one's signature",
            text: `${bodyOf(other)}.${jwt.signature}`,
            other: true,
          },
        ]),
    {
      kind,
      what: 'one character of its signature changed',
      text: `${bodyOf(jwt)}.${flip(jwt.signature)}`,
      other: false,
    },
    { kind, what: 'its signature left out', text: `${bodyOf(jwt)}.`, other: false },
    {
      kind,
      what: 'signed with a key that we made up',
      text: sign({ ...jwt.head, alg: 'HS256' }, jwt.payload, stranger),
      other: false,
    },
    {
      kind,
      what: 'signed with an empty key',
      text: sign({ ...jwt.head, alg: 'HS256' }, jwt.payload, ''),
      other: false,
    },
  ]
}

/** What only the holder of the key can make: it is told apart by what its claims say. */
const mistold = (jwt: Jwt, secret: string, nowSeconds: number): Forged[] => {
  const { payload, head } = jwt
  const again = (claims: Record<string, unknown>) => sign(head, { ...payload, ...claims }, secret)
  const expired = { iat: nowSeconds - 7_200, exp: nowSeconds - 3_600 }
  return [
    ...(typeof payload.exp === 'number'
      ? [{ kind: 'expiry', what: 'expired an hour ago', text: again(expired), other: false }]
      : []),
    ...(payload.aud === undefined
      ? []
      : [
          {
            kind: 'audience and issuer',
            what: 'made for another audience',
            text: again({ aud: 'plimsoll-other' }),
            other: false,
          },
        ]),
    ...(payload.iss === undefined
      ? []
      : [
          {
            kind: 'audience and issuer',
            what: 'made by another issuer',
            text: again({ iss: 'plimsoll-other' }),
            other: false,
          },
        ]),
  ]
}

const byKeyId = (jwt: Jwt): Forged[] => {
  if (jwt.head.kid === undefined) return []
  const head = { ...jwt.head, alg: 'HS256' }
  const row = "plimsoll' UNION SELECT 'plimsoll' -- "
  return [
    {
      kind: 'key id',
      what: 'its key id set to the path of an empty file, signed with nothing',
      text: sign({ ...head, kid: '../../../../../../../../dev/null' }, jwt.payload, ''),
      other: false,
    },
    {
      kind: 'key id',
      what: 'its key id set to a query that gives the key',
      text: sign({ ...head, kid: row }, jwt.payload, 'plimsoll'),
      other: false,
    },
  ]
}

/** @param pem the public key, as it is published */
const confused = (jwt: Jwt, pem: string | null): Forged[] =>
  pem === null || isSymmetric(jwt)
    ? []
    : [pem, `${pem.trim()}\n`, pem.trim()].map((key) => ({
        kind: 'algorithm confusion',
        what: 'signed with the public key as if it were a secret',
        text: sign({ ...jwt.head, alg: 'HS256' }, jwt.payload, key),
        other: false,
      }))

const embedded = async (jwt: Jwt): Promise<Forged[]> => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const head = { ...jwt.head, alg: 'ES256', jwk: await exportJWK(publicKey) }
  const text = await new SignJWT(jwt.payload).setProtectedHeader(head).sign(privateKey)
  return [
    {
      kind: 'embedded key',
      what: 'signed with a key of ours that the token brings itself',
      text,
      other: false,
    },
  ]
}

const signedBy = (jwt: Jwt, other: Jwt | null, secret: string): Forged => ({
  kind: 'signing key',
  what: other === null ? 'made anew with the key' : 'made for another account with the key',
  text: sign(jwt.head, { ...(other ?? jwt).payload, plimsoll: true }, secret),
  other: other !== null,
})

export type ForgeOptions = {
  other: Jwt | null
  secret: string | null
  pem: string | null
  nowSeconds: number
}

/** Every forgery that makes sense for this token. */
export const forge = async (
  jwt: Jwt,
  { other, secret, pem, nowSeconds }: ForgeOptions,
): Promise<Forged[]> => [
  ...unverified(jwt, other),
  ...unsigned(jwt),
  ...(secret === null ? [] : mistold(jwt, secret, nowSeconds)),
  ...byKeyId(jwt),
  ...confused(jwt, pem),
  ...(await embedded(jwt)),
  ...(secret === null ? [] : [signedBy(jwt, other, secret)]),
]
