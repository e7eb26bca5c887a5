import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 5000,
  query_timeout: 8000,
})
pool.on('error', (error) => console.error('idle connection lost:', error.message))

const app = Fastify({ logger: { level: 'warn' } })

const withId = { type: 'object', properties: { id: { type: 'integer', minimum: 1, maximum: 2147483647 } } }

const vote = {
  type: 'object',
  required: ['voter'],
  additionalProperties: false,
  properties: { voter: { type: 'string', minLength: 1, maxLength: 60 } },
}

app.get('/polls', async () => {
  const { rows } = await pool.query(
    `SELECT polls.id, question, count(votes.id)::int AS votes
     FROM polls LEFT JOIN votes ON poll_id = polls.id GROUP BY polls.id ORDER BY polls.id`,
  )
  return rows
})

app.post('/polls/:id/votes', { schema: { params: withId, body: vote } }, async (req, reply) => {
  const { voter } = req.body
  const earlier = await pool.query('SELECT id FROM votes WHERE poll_id = $1 AND voter = $2', [
    req.params.id,
    voter,
  ])
  if (earlier.rowCount > 0) return reply.code(409).send({ error: 'voted already' })
  await pool.query('INSERT INTO votes (poll_id, voter) VALUES ($1, $2)', [req.params.id, voter])
  return reply.code(201).send({ poll: req.params.id, voter })
})

app.setErrorHandler((error, req, reply) => {
  if (error.code === '23503') return reply.code(404).send({ error: 'no such poll' })
  if (error.statusCode < 500) return reply.code(error.statusCode).send({ error: error.message })
  req.log.error(error)
  return reply.code(503).header('retry-after', '1').send({ error: 'try again shortly' })
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
