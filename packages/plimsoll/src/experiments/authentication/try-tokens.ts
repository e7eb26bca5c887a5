import { createPublicKey } from 'node:crypto'
import type { z } from 'zod'
import { parseJson } from '../../base/json/parse-json.ts'
import type { Account, Lab } from '../../lab/lab.ts'
import { cut, isLike } from './answers.ts'
import { forge } from './forge.ts'
import type { Gate } from './gate.ts'
import { isSignedBy, isSymmetric, type Jwt, jwtIn, lifeOf } from './jwt.ts'
import type { Token, Trial } from './seen.ts'
import { WEAK_SECRETS } from './weak-secrets.ts'

const KEY_PATHS = ['/.well-known/jwks.json', '/jwks.json', '/jwks', '/public-key', '/public.pem', '/keys']

const pemIn = (body: string): string | null => {
  const text = /-----BEGIN (?:RSA )?PUBLIC KEY-----[\s\S]+?-----END (?:RSA )?PUBLIC KEY-----/.exec(
    body.replaceAll('\\n', '\n'),
  )?.[0]
  if (text !== undefined) return text
  const value = parseJson(body)
  const keys = value !== null && typeof value === 'object' && 'keys' in value ? value.keys : null
  const [first] = Array.isArray(keys) ? keys : []
  if (first === undefined) return null
  try {
    return createPublicKey({ key: first, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()
  } catch {
    return null
  }
}

/** The public key that the app hands out, as PEM; null where none was found. */
const publicKey = async (lab: Lab): Promise<string | null> => {
  const own = lab.known
    .filter(({ route }) => route.method === 'GET' && /jwk|key|pem|cert/i.test(route.path))
    .map(({ request }) => request.path)
  for (const path of [...new Set([...own, ...KEY_PATHS])]) {
    const { body } = await lab.http.request({ method: 'GET', path, bodyLimit: 16_384 })
    const pem = pemIn(body)
    if (pem !== null) return pem
  }
  return null
}

type Key = { secret: string; from: string; where: string; weak: boolean }

/** The key that signs, where it is known or easily guessed. */
const keyOf = (lab: Lab, jwt: Jwt): Key | null => {
  const known = lab.entry?.signing
  const guessed = WEAK_SECRETS.find((secret) => isSignedBy(jwt, secret))
  if (known !== undefined && isSignedBy(jwt, known.secret))
    return { ...known, weak: guessed !== undefined || known.secret.length < 16 }
  return guessed === undefined ? null : { secret: guessed, from: 'guess', where: '', weak: true }
}

const skippedOf = (jwt: Jwt, key: Key | null, pem: string | null): string[] => [
  ...(key === null
    ? ['an expired token, and one for another audience: the key that signs is not known']
    : []),
  ...(pem === null && !isSymmetric(jwt) ? ['algorithm confusion: no public key was found'] : []),
]

/**
 * Asks the gate with every forgery of a session's token.
 * @param other somebody with a session of their own, whose claims are borrowed
 */
export const tryTokens = async (
  lab: Lab,
  gate: Gate,
  [person, other]: readonly [Account, Account | null],
  signal: AbortSignal,
): Promise<z.infer<typeof Token> | null> => {
  const jwt = jwtIn(person.headers)
  if (jwt === null) return null
  const key = keyOf(lab, jwt)
  const pem = isSymmetric(jwt) ? null : await publicKey(lab)
  const theirs = other === null ? null : jwtIn(other.headers)
  const shown = other === null ? null : await gate.ask(other.headers)
  const nowSeconds = Number(jwt.payload.iat ?? Math.floor(Date.now() / 1_000))
  const options = { other: theirs, secret: key?.secret ?? null, pem, nowSeconds }
  const trials: Trial[] = []
  for (const { kind, what, text, other: names } of await forge(jwt, options)) {
    if (signal.aborted) break
    const exchange = await gate.ask({ ...person.headers, [jwt.header]: jwt.carried.replace(jwt.text, text) })
    const accepted = gate.opens(exchange)
    const asOther =
      accepted && names && shown !== null && exchange.body === shown.body && shown.body !== gate.good.body
    trials.push({ kind, what, exchange: cut(exchange), accepted, asOther })
  }
  const steady = isLike(gate.good, await gate.ask(person.headers)) && !gate.opens(await gate.ask({}))
  return {
    algorithm: String(jwt.head.alg ?? ''),
    lifeSeconds: lifeOf(jwt),
    steady,
    trials,
    skipped: skippedOf(jwt, key, pem),
    key: key === null ? null : { from: key.from, where: key.where, weak: key.weak },
  }
}
