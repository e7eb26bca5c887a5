import type { Lab } from '../../lab/lab.ts'

/** What decides which families make sense. */
export type App = {
  /** `wire`: statements are seen; `blind`: there is a database, but its statements are not seen */
  sql: 'wire' | 'blind' | 'none'
  language: string
}

const NO_SQL = /mongo|redis|memcached|kafka|rabbit|amqp|nats|dynamo|elastic|opensearch|neo4j|cassandra/i

export const describeApp = ({ stores, service }: Pick<Lab, 'stores' | 'service'>): App => {
  const unseen =
    stores.some(({ wire }) => wire === null) ||
    service.stores.some(({ store }) => !NO_SQL.test(store) && !stores.some(({ id }) => id === store))
  const wired = stores.some(({ wire }) => wire !== null)
  return { sql: wired ? 'wire' : unseen ? 'blind' : 'none', language: service.language }
}
