type Schema = {
  type?: string
  enum?: readonly unknown[]
  const?: unknown
  default?: unknown
  examples?: readonly unknown[]
  properties?: Record<string, Schema>
  required?: readonly string[]
  items?: Schema
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
}

const PLAIN: Readonly<Record<string, unknown>> = {
  string: '…',
  number: 1,
  integer: 1,
  boolean: true,
  null: null,
}

/** A value of the shape that a JSON Schema describes: what is required, and nothing else. */
export const exampleOf = (schema: Schema): unknown => {
  if (schema.const !== undefined) return schema.const
  if (schema.examples?.[0] !== undefined) return schema.examples[0]
  if (schema.enum?.[0] !== undefined) return schema.enum[0]
  const [first] = schema.anyOf ?? schema.oneOf ?? []
  if (first !== undefined) return exampleOf(first)
  if (schema.type === 'array') return [exampleOf(schema.items ?? { type: 'string' })]
  if (schema.type !== 'object') return PLAIN[schema.type ?? 'string'] ?? '…'
  const wanted = schema.required ?? []
  return Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .filter(([name]) => wanted.includes(name))
      .map(([name, inner]) => [name, exampleOf(inner)]),
  )
}
