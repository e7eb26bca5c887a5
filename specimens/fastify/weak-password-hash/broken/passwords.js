import { createHash, randomBytes } from 'node:crypto'

export const hashPassword = async (password) => {
  const salt = randomBytes(16).toString('hex')
  return `${salt}:${createHash('sha256').update(salt).update(password).digest('hex')}`
}
