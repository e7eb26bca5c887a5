import type { Service } from '../model/system.ts'

/** Clients of stores that connect in a program of their own or in C, where no preload sees it: client -> name. */
const NATIVE: Readonly<Record<string, string>> = {
  prisma: "Prisma's engine",
  '@prisma/client': "Prisma's engine",
  'pg-native': 'pg-native',
  'node-rdkafka': 'node-rdkafka',
  oracledb: 'oracledb',
  msnodesqlv8: 'msnodesqlv8',
  MySQLdb: 'mysqlclient',
  pyodbc: 'pyodbc',
  pymssql: 'pymssql',
}

/** With an adapter Prisma connects through a client in JavaScript. */
const isReplaced = (client: string, clients: readonly string[]) =>
  client.includes('prisma') && clients.some((other) => other.startsWith('@prisma/adapter-'))

/** What connects past the lab's refusals, as limits: only the addresses that the lab gives hold it. */
export const nativeLimits = ({ stores }: Pick<Service, 'stores'>): string[] => {
  const clients = stores.map(({ client }) => client)
  const native = clients.flatMap((client) => {
    const name = NATIVE[client]
    return name === undefined || isReplaced(client, clients) ? [] : [name]
  })
  return [...new Set(native)].map(
    (name) =>
      `${name} connects in native code: nothing but the addresses that the lab gives holds it to the lab`,
  )
}
