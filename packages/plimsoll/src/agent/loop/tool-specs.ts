import { z } from 'zod'
import type { Tool } from '../../tools/define.ts'
import type { ToolSpec } from '../model/model.ts'

type Bounded = { minimum?: unknown; maximum?: unknown }

/** That a whole number is one that JavaScript can hold tells a model nothing. */
const dropBounds = ({ jsonSchema }: { jsonSchema: Bounded }) => {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
}

/** What a tool's input looks like, as JSON Schema of what may be sent: defaults need not be. */
export const schemaOf = (tool: Tool): Record<string, unknown> => {
  const { $schema: _, ...schema } = z.toJSONSchema(tool.input, {
    io: 'input',
    unrepresentable: 'any',
    override: dropBounds,
  })
  return schema
}

/** The tools as a model is told of them, always in the same order, so that providers can cache them. */
export const toSpecs = (tools: readonly Tool[]): ToolSpec[] =>
  tools
    .map((tool) => ({ id: tool.id, description: tool.description, input: schemaOf(tool) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
