import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { Problem } from '../problems.js'
import { nextId, store } from '../store.js'

const hash = (password, salt) => scryptSync(password, salt, 32, { N: 1024 })

const shown = ({ id, email, name, newsletter, createdAt }) => ({ id, email, name, newsletter, createdAt })

const byEmail = (email) =>
  [...store.accounts.values()].find((account) => account.email === email.toLowerCase())

export default async (app) => {
  app.post('/auth/register', { schema: { body: { $ref: 'Registration#' } } }, async (request, reply) => {
    const { email, name, password } = request.body
    if (byEmail(email) !== undefined) throw new Problem(409, 'There is an account with this address.')
    const salt = randomBytes(16)
    const account = {
      id: nextId('accounts'),
      email: email.toLowerCase(),
      name,
      newsletter: false,
      createdAt: new Date().toISOString(),
      salt,
      hash: hash(password, salt),
    }
    store.accounts.set(account.id, account)
    return reply.code(201).send(shown(account))
  })

  app.post('/auth/login', { schema: { body: { $ref: 'Credentials#' } } }, async (request) => {
    const { email, password } = request.body
    const account = byEmail(email)
    if (account === undefined || !timingSafeEqual(hash(password, account.salt), account.hash))
      throw new Problem(401, 'The address or the password is wrong.')
    const token = randomBytes(24).toString('base64url')
    store.sessions.set(token, account)
    return { token, account: shown(account) }
  })

  app.post('/auth/logout', { preHandler: app.authenticate }, async (request, reply) => {
    store.sessions.delete(request.token)
    return reply.code(204).send()
  })

  app.get('/me', { preHandler: app.authenticate }, async (request) => shown(request.account))

  app.patch(
    '/me',
    { preHandler: app.authenticate, schema: { body: { $ref: 'AccountChange#' } } },
    async (request) => {
      const { name = request.account.name, newsletter = request.account.newsletter } = request.body
      Object.assign(request.account, { name, newsletter })
      return shown(request.account)
    },
  )
}
