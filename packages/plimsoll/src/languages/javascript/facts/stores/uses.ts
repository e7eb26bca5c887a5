import type { ClientUse } from '../../../define.ts'
import type { Context } from '../context.ts'
import type { Reads } from '../reads/scan.ts'
import { ALIASES, CLIENTS } from './clients.ts'
import { readPrismaSchema } from './prisma.ts'

/** Client libraries among the dependencies, an alias counted as what it stands for. */
export const clientsOf = ({ module }: Pick<Context, 'module'>): Set<string> =>
  new Set(
    [...module.dependencies.keys()].flatMap((name) => {
      const client = ALIASES[name] ?? name
      return client in CLIENTS ? [client] : []
    }),
  )

const namesOf = (client: string) => [
  client,
  ...Object.entries(ALIASES).flatMap(([alias, target]) => (target === client ? [alias] : [])),
]

/**
 * Which stores the app speaks to and through what. A library with a dialect takes it from the source, else from the
 * only driver that is installed; a driver that such a library loads by itself is not told twice.
 */
export const clientUses = (
  context: Context,
  reads: Reads,
): { uses: ClientUse[]; env: Reads['env']; addresses: Reads['addresses'] } => {
  const { module, project } = context
  const schemas = project
    .under(module.dir, '.prisma')
    .flatMap(
      (file) =>
        readPrismaSchema(project, file, module.versionOf('prisma') ?? module.versionOf('@prisma/client')) ??
        [],
    )
  const present = [...clientsOf(context)].filter((client) =>
    namesOf(client).some((name) => module.runtimeDependencies.has(name) || reads.imports.has(name)),
  )
  const drivers = present.filter((client) => CLIENTS[client] !== null && client !== 'prisma')
  const spoken = [...new Set(drivers.map((driver) => CLIENTS[driver] ?? ''))]
  const placeOf = (client: string) =>
    namesOf(client)
      .map((name) => reads.imports.get(name))
      .find((place) => place !== undefined) ?? null
  const versionOf = (client: string) =>
    namesOf(client)
      .map((name) => module.versionOf(name))
      .find((version) => version !== null) ?? null

  const uses = present.flatMap((client): ClientUse[] => {
    if (client === 'prisma') return schemas.map((schema) => schema.use).slice(0, 1)
    const version = versionOf(client)
    const speaks = CLIENTS[client] ?? null
    if (speaks !== null) return [{ client, version, speaks, place: placeOf(client) }]
    const said = reads.dialects.filter((dialect) => dialect.client === client)
    const words = [...new Set(said.map((dialect) => dialect.speaks))]
    if (words.length > 0)
      return words.map((word) => ({
        client,
        version,
        speaks: word,
        place: said.find((dialect) => dialect.speaks === word)?.place ?? null,
      }))
    return spoken.map((word) => ({ client, version, speaks: word, place: placeOf(client) }))
  })
  const mapped = uses.filter((use) => CLIENTS[use.client] === null)
  const isLoadedByAnother = (use: ClientUse) =>
    CLIENTS[use.client] !== null && use.place === null && mapped.some((other) => other.speaks === use.speaks)
  return {
    uses: [...mapped, ...uses.filter((use) => CLIENTS[use.client] !== null && !isLoadedByAnother(use))],
    env: schemas.flatMap((schema) => schema.env),
    addresses: schemas.flatMap((schema) =>
      schema.address === null
        ? []
        : [
            {
              text: schema.address,
              speaks: schema.use.speaks,
              file: schema.file,
              line: schema.use.place?.line ?? 1,
            },
          ],
    ),
  }
}
