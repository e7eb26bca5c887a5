export type Limited = 'express' | 'fastify' | 'koa'

/** Everything but the framework, with the field of the body that names the account. */
const counting = (field: string) => `const WINDOW_MS = 15 * 60_000
const MOST_KEPT = 10_000
const MOST_PER_ACCOUNT = 10
const MOST_PER_ADDRESS = 300

/** Attempts by account and by address; the oldest are forgotten first. */
const attempts = new Map()

const keysOf = (body, address) => {
  const account = body?.${field}
  const keys = [{ key: \`address \${address}\`, most: MOST_PER_ADDRESS }]
  if (typeof account === 'string')
    keys.push({ key: \`account \${account.trim().toLowerCase()}\`, most: MOST_PER_ACCOUNT })
  return keys
}

const openAt = (key, now) => {
  const known = attempts.get(key)
  return known !== undefined && known.untilMs > now ? known : { count: 0, untilMs: now + WINDOW_MS }
}

/** Seconds until the next attempt is allowed; 0 when this one is, which is counted then. */
const takeTurn = (keys) => {
  const now = Date.now()
  const full = keys.map(({ key, most }) => ({ most, ...openAt(key, now) })).filter(({ count, most }) => count >= most)
  if (full.length > 0) return Math.ceil(Math.max(...full.map(({ untilMs }) => untilMs - now)) / 1000)
  for (const { key } of keys) {
    const { count, untilMs } = openAt(key, now)
    attempts.delete(key)
    attempts.set(key, { count: count + 1, untilMs })
  }
  for (const oldest of attempts.keys()) {
    if (attempts.size <= MOST_KEPT) break
    attempts.delete(oldest)
  }
  return 0
}

/** Whoever got in is not held back by what was tried before, and was no attempt of the address. */
const forgetSuccess = ([address, account], status) => {
  if (status >= 400) return
  if (account !== undefined) attempts.delete(account.key)
  const known = attempts.get(address.key)
  if (known !== undefined && known.count > 0) attempts.set(address.key, { ...known, count: known.count - 1 })
}`

const middleware = (refusal: string): Readonly<Record<Limited, string>> => ({
  express: `(req, res, next) => {
  const keys = keysOf(req.body, req.ip)
  const waitSeconds = takeTurn(keys)
  if (waitSeconds > 0) return res.status(429).set('Retry-After', String(waitSeconds)).json(${refusal})
  res.on('finish', () => forgetSuccess(keys, res.statusCode))
  next()
}`,
  fastify: `async (request, reply) => {
  const keys = keysOf(request.body, request.ip)
  const waitSeconds = takeTurn(keys)
  if (waitSeconds > 0) return reply.code(429).header('retry-after', String(waitSeconds)).send(${refusal})
  reply.raw.on('finish', () => forgetSuccess(keys, reply.statusCode))
}`,
  koa: `async (ctx, next) => {
  const keys = keysOf(ctx.request.body, ctx.ip)
  const waitSeconds = takeTurn(keys)
  if (waitSeconds > 0) {
    ctx.status = 429
    ctx.set('Retry-After', String(waitSeconds))
    ctx.body = ${refusal}
    return
  }
  ctx.res.on('finish', () => forgetSuccess(keys, ctx.res.statusCode))
  await next()
}`,
})

export const TOO_MANY = 'too many attempts: try again later'

/**
 * A module that gives away `limitLogins`, for one route of one framework.
 * @param refusal the body that tells of it, as code
 */
export const limiterCode = (
  framework: Limited,
  field: string,
  modules: 'import' | 'require',
  refusal: string,
): string => {
  const code = middleware(refusal)[framework]
  return modules === 'import'
    ? `${counting(field)}\n\nexport const limitLogins = ${code}`
    : `${counting(field)}\n\nconst limitLogins = ${code}\n\nmodule.exports = { limitLogins }`
}
