import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(scrypt)
const KEY_BYTES = 32

/** `salt:key`, both in hex. */
export async function hashPassword(password) {
  const salt = randomBytes(16)
  const key = await derive(password, salt, KEY_BYTES)
  return `${salt.toString('hex')}:${key.toString('hex')}`
}

export async function verifyPassword(password, stored) {
  const [salt, key] = stored.split(':')
  const actual = await derive(password, Buffer.from(salt, 'hex'), KEY_BYTES)
  return timingSafeEqual(actual, Buffer.from(key, 'hex'))
}
