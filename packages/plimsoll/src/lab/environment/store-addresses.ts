import { isLoopback } from '../../instruments/http/loopback.ts'

/** Schemes of stores, and the port where an address names none. */
const PORTS: Readonly<Record<string, number>> = {
  postgres: 5432,
  postgresql: 5432,
  pgsql: 5432,
  mysql: 3306,
  mariadb: 3306,
  mongodb: 27017,
  'mongodb+srv': 27017,
  redis: 6379,
  rediss: 6379,
  valkey: 6379,
  amqp: 5672,
  amqps: 5671,
  mssql: 1433,
  sqlserver: 1433,
  clickhouse: 8123,
  cassandra: 9042,
  neo4j: 7687,
  bolt: 7687,
  influxdb: 8086,
  kafka: 9092,
  nats: 4222,
}

const ADDRESS = /\b([a-z][a-z0-9+]*):\/\/(?:[^\s@/"'`]*@)?(\[[0-9a-f:]+\]|[\w.-]+)(?::(\d+))?/gi

/** Stores that a value names: one, or several as in a list of brokers. */
export const addressesIn = (value: string): { host: string; port: number }[] =>
  [...value.matchAll(ADDRESS)].flatMap(([, scheme = '', host = '', port]) => {
    const standard = PORTS[scheme.toLowerCase().replace(/\+(?!srv).*$/, '')]
    return standard === undefined ? [] : [{ host, port: Number(port ?? standard) }]
  })

export const namesStore = (value: string): boolean => addressesIn(value).length > 0

/**
 * A value that leads to nobody's data: what it names on another machine is a port of this one where nothing listens,
 * so that whoever reads it has an address of the right form and is refused at once.
 */
export const closeForeign = (value: string): string =>
  value.replace(ADDRESS, (whole: string, scheme: string, host: string) => {
    if (!namesStore(whole) || isLoopback(host)) return whole
    const login = whole.slice(scheme.length + '://'.length, whole.indexOf('@') + 1)
    // An address that is looked up by its name has no port.
    return `${scheme.replace('+srv', '')}://${login}127.0.0.1:1`
  })
