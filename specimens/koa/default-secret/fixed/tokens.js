import jwt from 'jsonwebtoken'

const secret = process.env.TOKEN_SECRET
if (!secret) throw new Error('TOKEN_SECRET is not set')

export const signToken = (locker) => jwt.sign({ locker }, secret, { expiresIn: '15m' })
export const readToken = (token) => jwt.verify(token, secret, { algorithms: ['HS256'] })
