import type { ClientUse } from '../languages/define.ts'
import type { EnvRead, StoreUse } from '../model/system.ts'
import type { Store } from '../stores/define.ts'
import type { Part } from './parts.ts'

/** Names of stores that no adapter exists for yet, as their makers write them. */
const NAMES: Readonly<Record<string, string>> = {
  mysql: 'MySQL',
  'sql-server': 'SQL Server',
  oracle: 'Oracle',
  mongodb: 'MongoDB',
  redis: 'Redis',
  memcached: 'Memcached',
  rabbitmq: 'RabbitMQ',
  kafka: 'Kafka',
  nats: 'NATS',
  elasticsearch: 'Elasticsearch',
  opensearch: 'OpenSearch',
  neo4j: 'Neo4j',
  neptune: 'Neptune',
  influxdb: 'InfluxDB',
  cassandra: 'Cassandra',
  clickhouse: 'ClickHouse',
  dynamodb: 'DynamoDB',
  firestore: 'Firestore',
  couchdb: 'CouchDB',
  cockroachdb: 'CockroachDB',
  redshift: 'Redshift',
  postgres: 'PostgreSQL',
  sqlite: 'SQLite',
}

const clientsOf = (store: Store, language: string) => store.clients[language] ?? {}

const byWord = (word: string, stores: readonly Store[], language: string) =>
  stores.find(
    (store) => store.id === word || store.schemes.includes(word) || word in clientsOf(store, language),
  )

const storeId = (use: ClientUse, stores: readonly Store[], language: string): string => {
  const store =
    use.speaks === null
      ? stores.find((one) => use.client in clientsOf(one, language))
      : byWord(use.speaks, stores, language)
  const word = use.speaks ?? use.client
  return store?.id ?? `unsupported:${NAMES[word] ?? word}`
}

/** Clients that only the stores' adapters know, among the runtime dependencies. */
const registered = (part: Part, stores: readonly Store[], told: readonly ClientUse[]): ClientUse[] =>
  stores.flatMap((store) =>
    Object.keys(clientsOf(store, part.language.id))
      .filter((name) => part.module.runtimeDependencies.has(name) && !told.some((use) => use.client === name))
      .map((client) => ({ client, version: part.module.versionOf(client), speaks: store.id, place: null })),
  )

/** Addresses in the source that mean this store: by their own scheme, else when it is the only one there is. */
const addressOf = (part: Part, id: string, ids: ReadonlySet<string>, stores: readonly Store[]) =>
  part.facts.hardCoded.find((address) => {
    const scheme = address.speaks ?? /^([a-z]+)(\+\w+)?:/.exec(address.text)?.[1] ?? null
    if (scheme === null) return ids.size === 1
    return (
      byWord(scheme, stores, part.language.id)?.id === id || id === `unsupported:${NAMES[scheme] ?? scheme}`
    )
  })?.text ?? null

const CHOOSES =
  /(^|_)(DB|DATABASE|TYPEORM|KNEX|SEQUELIZE|SQL)_?(TYPE|DIALECT|CLIENT|DRIVER|PROVIDER|ENGINE|KIND)$/

type Named = { use: ClientUse; store: string }

/** Where one client can speak to several stores and a variable decides, the others are not needed. */
const chosen = (
  named: readonly Named[],
  env: readonly EnvRead[],
  stores: readonly Store[],
  language: string,
) => {
  const several = named.filter(({ use, store }) =>
    named.some((other) => other.use.client === use.client && other.store !== store),
  )
  const words = env.flatMap((read) => (CHOOSES.test(read.name) ? [read.example ?? read.default] : []))
  const store = words
    .map((word) => (word === null ? undefined : byWord(word, stores, language)?.id))
    .find(Boolean)
  if (store === undefined || !several.some((one) => one.store === store)) return named
  const others = new Set(several.map((one) => one.store).filter((id) => id !== store))
  return named.filter((one) => !others.has(one.store))
}

/** @param env what the service reads, with the values known for it */
export const storesOf = (part: Part, stores: readonly Store[], env: readonly EnvRead[]): StoreUse[] => {
  const told = part.facts.clients ?? []
  const uses = part.facts.clients === undefined ? registered(part, stores, told) : told
  const all = uses.map((use) => ({ use, store: storeId(use, stores, part.language.id) }))
  const named = chosen(all, env, stores, part.language.id)
  const ids = new Set(named.map((one) => one.store))
  return named.map(({ use, store }) => ({
    store,
    client: use.client,
    version: use.version,
    place: use.place,
    hardCoded: addressOf(part, store, ids, stores),
  }))
}
