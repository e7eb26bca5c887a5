import type { DefinitionNode, DocumentNode } from 'graphql'

type Graphql = typeof import('graphql')

const EXTENSIONS: Record<string, string> = {
  SchemaDefinition: 'SchemaExtension',
  ScalarTypeDefinition: 'ScalarTypeExtension',
  ObjectTypeDefinition: 'ObjectTypeExtension',
  InterfaceTypeDefinition: 'InterfaceTypeExtension',
  UnionTypeDefinition: 'UnionTypeExtension',
  EnumTypeDefinition: 'EnumTypeExtension',
  InputObjectTypeDefinition: 'InputObjectTypeExtension',
}
const DEFINITIONS = Object.fromEntries(Object.entries(EXTENSIONS).map(([from, to]) => [to, from]))

const nameOf = (node: DefinitionNode): string =>
  'name' in node && node.name !== undefined ? node.name.value : '(schema)'

/** A schema is spread over files in two ways: by `extend`, and by saying `type Query` in each. Here the first says it. */
const settle = (nodes: readonly DefinitionNode[]): DefinitionNode[] => {
  const begun = new Set<string>()
  const settled = nodes.map((node): DefinitionNode => {
    const isFirst = !begun.has(nameOf(node))
    const kind = (isFirst ? DEFINITIONS : EXTENSIONS)[node.kind]
    begun.add(nameOf(node))
    // A definition and its extension have the same parts.
    return kind === undefined ? node : ({ ...node, kind } as DefinitionNode)
  })
  return settled
}

const isOfSchema = ({ kind }: DefinitionNode) =>
  kind in EXTENSIONS || kind in DEFINITIONS || kind === 'DirectiveDefinition'

/** One schema of several texts. What cannot be parsed is left out, and said. */
export const mergeSdl = (
  graphql: Graphql,
  texts: readonly { where: string; text: string }[],
): { document: DocumentNode; problems: { where: string; problem: string }[] } => {
  const problems: { where: string; problem: string }[] = []
  const nodes = texts.flatMap(({ where, text }) => {
    try {
      return [...graphql.parse(text, { noLocation: true }).definitions]
    } catch (thrown) {
      problems.push({ where, problem: thrown instanceof Error ? thrown.message : String(thrown) })
      return []
    }
  })
  const definitions = settle(nodes.filter(isOfSchema))
  const named = new Set(definitions.map(nameOf))
  const missing = new Set<string>()
  const document: DocumentNode = { kind: graphql.Kind.DOCUMENT, definitions }
  graphql.visit(document, {
    NamedType: ({ name }) => {
      if (!named.has(name.value) && !graphql.specifiedScalarTypes.some((one) => one.name === name.value))
        missing.add(name.value)
    },
  })
  const scalars = [...missing].map(
    (value): DefinitionNode => ({
      kind: graphql.Kind.SCALAR_TYPE_DEFINITION,
      name: { kind: graphql.Kind.NAME, value },
    }),
  )
  return { document: { kind: graphql.Kind.DOCUMENT, definitions: [...definitions, ...scalars] }, problems }
}
