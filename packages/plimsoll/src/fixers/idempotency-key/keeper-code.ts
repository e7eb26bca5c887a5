export type Keeping = 'express' | 'fastify'

export const TABLE = `CREATE TABLE kept_answers (
  caller text NOT NULL,
  key text NOT NULL,
  request text NOT NULL,
  claim text NOT NULL,
  status int,
  body text,
  claimed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (caller, key)
);`

const KEEPING = `const hashOf = (text) => createHash('sha256').update(text).digest('hex')

/** A key is of whoever asks: another caller may use the same one. */
const ownOf = (headers, key, request) => ({
  ...{ key, request: hashOf(request), claim: randomUUID() },
  caller: hashOf(headers.authorization ?? headers.cookie ?? ''),
})

/** null for whoever comes first; for everybody else what to answer. */
const claimKey = async (pool, { caller, key, request, claim }) => {
  try {
    const { rowCount } = await pool.query(
      'INSERT INTO kept_answers (caller, key, request, claim) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [caller, key, request, claim],
    )
    if (rowCount === 1) return null
  } catch (error) {
    // Nothing was done yet, so that whoever tries again begins anew.
    await pool.query('DELETE FROM kept_answers WHERE claim = $1', [claim]).catch(() => undefined)
    throw error
  }
  const { rows } = await pool.query(
    'SELECT request, status, body FROM kept_answers WHERE caller = $1 AND key = $2',
    [caller, key],
  )
  const [kept] = rows
  if (kept !== undefined && kept.request !== request)
    return { status: 422, body: JSON.stringify({ error: 'this key was used for another request' }) }
  return typeof kept?.status === 'number'
    ? kept
    : { status: 409, body: JSON.stringify({ error: 'the first request with this key has no answer yet' }) }
}

/** What was refused had no effect, and its key is free; what failed may have had one, and its key is not. */
const keepAnswer = async (pool, { claim }, status, body) => {
  if (status >= 500) return
  if (status >= 400) await pool.query('DELETE FROM kept_answers WHERE claim = $1', [claim])
  else await pool.query('UPDATE kept_answers SET status = $2, body = $3 WHERE claim = $1', [claim, status, body])
}`

const EXPRESS = (header: string) => `async (req, res, next) => {
  const key = req.get('${header}')
  if (key === undefined) return next()
  try {
    const own = ownOf(req.headers, key, \`\${req.method} \${req.originalUrl} \${JSON.stringify(req.body)}\`)
    const kept = await claimKey(pool, own)
    if (kept !== null) return res.status(kept.status).type('json').send(kept.body)
    const send = res.send.bind(res)
    res.send = (body) => {
      if (typeof body !== 'string') return send(body)
      res.send = send
      keepAnswer(pool, own, res.statusCode, body)
        .catch((error) => console.error('an answer was not kept:', error.message))
        .finally(() => send(body))
      return res
    }
    next()
  } catch (error) {
    next(error)
  }
}`

const FASTIFY = (header: string) => `{
  preHandler: async (request, reply) => {
    const key = request.headers['${header}']
    if (key === undefined) return
    const own = ownOf(request.headers, key, \`\${request.method} \${request.url} \${JSON.stringify(request.body)}\`)
    const kept = await claimKey(pool, own)
    if (kept !== null) return reply.code(kept.status).type('application/json').send(kept.body)
    claims.set(request, own)
  },
  onSend: async (request, reply, payload) => {
    const own = claims.get(request)
    if (own === undefined || typeof payload !== 'string') return payload
    await keepAnswer(pool, own, reply.statusCode, payload).catch((error) => request.log.error(error))
    return payload
  },
}`

const HEADS = {
  import: "import { createHash, randomUUID } from 'node:crypto'",
  require: "const { createHash, randomUUID } = require('node:crypto')",
} as const

/** A module that gives away `onceByKey(pool)`: a middleware of Express, or the hooks of a route of Fastify. */
export const keeperCode = (framework: Keeping, header: string, modules: 'import' | 'require'): string => {
  const own = framework === 'express' ? EXPRESS(header) : `(${FASTIFY(header.toLowerCase())})`
  const claims = framework === 'express' ? [] : ['const claims = new WeakMap()']
  const given = `const onceByKey = (pool) => ${own}`
  const last = modules === 'import' ? [`export ${given}`] : [given, 'module.exports = { onceByKey }']
  return [HEADS[modules], KEEPING, ...claims, ...last].join('\n\n')
}
