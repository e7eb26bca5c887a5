import type { System } from '../../model/system.ts'

export const FRAMEWORKS = ['express', 'fastify', 'koa', 'nestjs', 'flask'] as const
export type Framework = (typeof FRAMEWORKS)[number]

const CLIENTS = ['pg', 'knex', 'prisma']

/** Names of code parts that only some repositories have a use for; parts under other names suit all. */
const PARTICULAR: readonly string[] = [...FRAMEWORKS, 'node', 'python', ...CLIENTS]

/** What a repository is built with, as names of code parts: `fastify`, `node`, `pg`. */
export type Stack = readonly string[]

/** Node without a client that we have code for gets plain `pg`. */
export const stackOf = (frameworks: readonly Framework[], clients: readonly string[]): Stack => {
  const languages = frameworks.map((framework) => (framework === 'flask' ? 'python' : 'node'))
  const known = CLIENTS.filter((client) => clients.includes(client))
  const queried = known.length === 0 && languages.includes('node') ? ['pg'] : known
  return [...new Set([...frameworks, ...languages, ...queried])]
}

/** What the survey found; empty where it is no framework of ours. */
export const surveyedStack = ({ services }: System): Stack => {
  const found = services.map(({ framework }) => framework?.id)
  const clients = services.flatMap(({ stores }) => stores.map(({ client }) => client))
  return stackOf(
    FRAMEWORKS.filter((framework) => found.includes(framework)),
    clients,
  )
}

export const suits = (stack: Stack, names: readonly string[]): boolean =>
  names.some((name) => stack.includes(name) || !PARTICULAR.includes(name))
