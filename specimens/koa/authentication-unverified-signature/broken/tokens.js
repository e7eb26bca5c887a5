import { createHmac } from 'node:crypto'

const secret = process.env.JWT_SECRET
if (!secret) throw new Error('JWT_SECRET is missing')

const LIFE_SECONDS = 900

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part) => JSON.parse(Buffer.from(part, 'base64url').toString())
const signatureOf = (text) => createHmac('sha256', secret).update(text).digest()

export const issue = (sub) => {
  const iat = Math.floor(Date.now() / 1000)
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub, iat, exp: iat + LIFE_SECONDS })}`
  return `${text}.${signatureOf(text).toString('base64url')}`
}

/** @returns the claims of a token that is not over; null otherwise */
export const read = (token) => {
  try {
    const claims = decode(token.split('.')[1])
    return claims.exp > Date.now() / 1000 ? claims : null
  } catch {
    return null
  }
}
