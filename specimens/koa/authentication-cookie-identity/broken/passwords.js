import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'

export const hash = (password) => {
  const salt = randomBytes(16)
  return { salt, key: scryptSync(password, salt, 32, { N: 1024 }) }
}

export const matches = (password, { salt, key }) =>
  timingSafeEqual(scryptSync(String(password), salt, 32, { N: 1024 }), key)
