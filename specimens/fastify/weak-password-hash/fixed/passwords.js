import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'

export const hashPassword = async (password) => {
  const salt = randomBytes(16).toString('hex')
  const key = await promisify(scrypt)(password, salt, 64)
  return `${salt}:${key.toString('hex')}`
}
