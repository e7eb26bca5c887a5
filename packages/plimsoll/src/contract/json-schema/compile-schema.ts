import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Api, JsonSchema } from '../api.ts'
import { type Direction, directSchema } from './directed.ts'

/** `pointer` leads into the value; `` is the whole of it. `keyword` is the one of the schema that is broken. */
export type SchemaProblem = { pointer: string; keyword: string; message: string }

/** What is wrong with a value, the first few; null where nothing is. */
export type CheckValue = (value: unknown) => SchemaProblem[] | null

const MOST_PROBLEMS = 10

/** Documents hold patterns of every engine: one that only the older syntax reads is read by that. */
const openPattern = Object.assign(
  (pattern: string, flags: string) => {
    try {
      return new RegExp(pattern, flags)
    } catch {
      return new RegExp(pattern)
    }
  },
  { code: 'new RegExp' },
)

type Compiler = { compile(schema: JsonSchema): CheckValue | null }

const problemsOf = ({ errors }: ValidateFunction): SchemaProblem[] =>
  (errors ?? []).slice(0, MOST_PROBLEMS).map(({ instancePath, message, keyword, params }) => ({
    pointer: instancePath,
    keyword,
    message: describeError(keyword, message ?? keyword, params),
  }))

const describeError = (keyword: string, message: string, params: Record<string, unknown>): string => {
  if (keyword === 'additionalProperties') return `${message}: ${String(params.additionalProperty)}`
  if (keyword === 'enum' && Array.isArray(params.allowedValues))
    return `${message}: ${params.allowedValues
      .slice(0, 10)
      .map((one) => JSON.stringify(one))
      .join(', ')}`
  return message
}

const openCompiler = (definitions: Api['definitions'], direction: Direction): Compiler => {
  const ajv = new Ajv2020({
    ...{ strict: false, allErrors: true, validateSchema: false, addUsedSchema: false, logger: false },
    ...{ validateFormats: true, inlineRefs: false, ownProperties: true },
    code: { regExp: openPattern },
  })
  addFormats.default(ajv)
  const compiled = new Map<JsonSchema, CheckValue | null>()
  const added = new Map<string, string>()
  /** Only what a schema reaches is ever compiled: documents have thousands of definitions. */
  const rename = (name: string): string => {
    const known = added.get(name)
    if (known !== undefined) return known
    const id = `definition-${added.size}`
    added.set(name, id)
    ajv.addSchema(directSchema(definitions[name] ?? true, direction, definitions, rename), id)
    return id
  }

  const make = (schema: JsonSchema): CheckValue | null => {
    try {
      const validate = ajv.compile(directSchema(schema, direction, definitions, rename))
      return (value) => {
        try {
          return validate(value) ? null : problemsOf(validate)
        } catch {
          return null
        }
      }
    } catch {
      return null
    }
  }

  return {
    compile: (schema) => {
      const known = compiled.get(schema)
      if (known !== undefined) return known
      const made = make(schema)
      compiled.set(schema, made)
      return made
    },
  }
}

const compilers = new WeakMap<Api['definitions'], Partial<Record<Direction, Compiler>>>()

/**
 * Makes the check of values against a schema of an API; the same schema is compiled once.
 * @returns null for a schema that cannot be compiled: then nothing can be said of a value
 */
export const compileSchema = (
  { definitions }: Pick<Api, 'definitions'>,
  schema: JsonSchema,
  direction: Direction,
): CheckValue | null => {
  const of = compilers.get(definitions) ?? {}
  compilers.set(definitions, of)
  of[direction] ??= openCompiler(definitions, direction)
  return of[direction].compile(schema)
}
