// The load of the pg client, in a process of its own: each message is one load, each answer its figures.
import pg from 'pg'

const hammer = async ({ at, connections, statements, query }) => {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client(at)
      await client.connect()
      return client
    }),
  )
  const asked = (n) => ({ ...query, values: query.values && [1 + (n % 1_000)] })
  for (const client of clients) for (let n = 0; n < 50; n += 1) await client.query(asked(n))
  const tookUs = []
  const startMs = performance.now()
  await Promise.all(
    clients.map(async (client) => {
      for (let n = 0, lastMs = performance.now(); n < statements / connections; n += 1) {
        await client.query(asked(n))
        const nowMs = performance.now()
        tookUs.push((nowMs - lastMs) * 1_000)
        lastMs = nowMs
      }
    }),
  )
  const perSecond = tookUs.length / ((performance.now() - startMs) / 1_000)
  await Promise.all(clients.map((client) => client.end()))
  return { perSecond, tookUs }
}

process.on('message', async (order) => process.send?.(await hammer(order)))
