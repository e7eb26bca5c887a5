import { createHmac, timingSafeEqual } from 'node:crypto'
import { config } from '../config.js'
import { query } from '../db.js'

const WEEK_SECONDS = 7 * 24 * 3600

const sign = (text) => createHmac('sha256', config.sessionSecret).update(text).digest('base64url')

/** `<payload>.<signature>`, where the payload is base64url JSON with the account and its expiry. */
export function issueToken(accountId, nowSeconds = Math.floor(Date.now() / 1000)) {
  const claims = JSON.stringify({ account: accountId, expires: nowSeconds + WEEK_SECONDS })
  const payload = Buffer.from(claims).toString('base64url')
  return `${payload}.${sign(payload)}`
}

/** The account id, or null for a token that is malformed, forged or expired. */
export function readToken(token, nowSeconds = Math.floor(Date.now() / 1000)) {
  const [payload, signature] = token.split('.')
  if (!payload || !signature) return null
  const expected = Buffer.from(sign(payload))
  const given = Buffer.from(signature)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  return claims.expires > nowSeconds ? claims.account : null
}

export function startSession(reply, accountId) {
  const token = issueToken(accountId)
  reply.setCookie('session', token, { path: '/', maxAge: WEEK_SECONDS })
  return token
}

/** preHandler: answers 401 unless the request carries a valid session, and puts its account on the request. */
export async function requireAccount(request, reply) {
  const bearer = request.headers.authorization?.match(/^Bearer (.+)$/)?.[1]
  const accountId = readToken(bearer ?? request.cookies.session ?? '')
  const { rows } = accountId
    ? await query('SELECT id, email, name, organiser FROM accounts WHERE id = $1', [accountId])
    : { rows: [] }
  if (!rows[0]) return reply.code(401).send({ error: 'please log in' })
  request.account = rows[0]
}

export async function requireOrganiser(request, reply) {
  if (!request.account.organiser) return reply.code(403).send({ error: 'organisers only' })
}
