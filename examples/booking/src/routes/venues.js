import { query } from '../db.js'
import { idParams } from './schemas.js'

export async function venueRoutes(app) {
  app.get('/', async () => {
    const { rows } = await query(
      `SELECT venues.id, venues.name, venues.city, count(seats.id)::int AS seats
       FROM venues LEFT JOIN seats ON seats.venue_id = venues.id
       GROUP BY venues.id ORDER BY venues.name`,
    )
    return rows
  })

  app.get('/:id', { schema: { params: idParams } }, async (request, reply) => {
    const { rows } = await query('SELECT id, name, city, address FROM venues WHERE id = $1', [
      request.params.id,
    ])
    return rows[0] ?? reply.code(404).send({ error: 'no such venue' })
  })
}
