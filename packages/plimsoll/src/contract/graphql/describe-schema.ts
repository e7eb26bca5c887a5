import type { GraphQLNamedType, GraphQLObjectType, GraphQLSchema } from 'graphql'
import type { GraphqlApi } from '../api.ts'

type Graphql = typeof import('graphql')

const operationsOf = (
  graphql: Graphql,
  kind: GraphqlApi['operations'][number]['kind'],
  type: GraphQLObjectType | null | undefined,
): GraphqlApi['operations'] =>
  Object.values(type?.getFields() ?? {}).map((field) => ({
    kind,
    name: field.name,
    arguments: field.args.map((argument) => ({
      name: argument.name,
      type: String(argument.type),
      required: graphql.isRequiredArgument(argument),
    })),
    type: String(field.type),
  }))

/** How many objects deep an answer can go from this type on; null where a type comes again within itself. */
const depthFrom = (graphql: Graphql, schema: GraphQLSchema, root: GraphQLNamedType): number | null => {
  const known = new Map<GraphQLNamedType, number | null>()
  const open = new Set<GraphQLNamedType>()

  const deepest = (depths: readonly (number | null)[]): number | null =>
    depths.reduce((most, one) => (most === null || one === null ? null : Math.max(most, one)), 0)

  const depthOf = (type: GraphQLNamedType): number | null => {
    const before = known.get(type)
    if (before !== undefined) return before
    if (open.has(type)) return null
    if (!graphql.isCompositeType(type)) return 0
    open.add(type)
    const parts = graphql.isAbstractType(type) ? schema.getPossibleTypes(type) : []
    const fields = graphql.isUnionType(type) ? [] : Object.values(type.getFields())
    const below = deepest([
      ...parts.map(depthOf),
      ...fields.map(({ type: given }) => {
        const depth = depthOf(graphql.getNamedType(given))
        return depth === null ? null : depth + 1
      }),
    ])
    open.delete(type)
    known.set(type, below)
    return below
  }
  return depthOf(root)
}

/** What a schema offers. Its operations come in the order of the schema: queries, mutations, subscriptions. */
export const describeSchema = (
  graphql: Graphql,
  schema: GraphQLSchema,
  about: Pick<GraphqlApi, 'endpoint' | 'from'>,
): GraphqlApi => {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const depths = roots.map((root) => (root ? depthFrom(graphql, schema, root) : 0))
  return {
    ...about,
    operations: [
      ...operationsOf(graphql, 'query', roots[0]),
      ...operationsOf(graphql, 'mutation', roots[1]),
      ...operationsOf(graphql, 'subscription', roots[2]),
    ],
    depth: depths.reduce((most, one) => (most === null || one === null ? null : Math.max(most, one)), 0),
    sdl: graphql.printSchema(schema),
  }
}
