import type { Api } from '../api.ts'
import { compileSchema } from '../json-schema/compile-schema.ts'
import type { Schemas } from './shape.ts'

/** The schemas of an API, with the check of values that go this way. What cannot be compiled finds nothing wrong. */
export const openSchemas = (
  { definitions }: Pick<Api, 'definitions'>,
  direction: 'request' | 'response',
): Schemas => ({
  definitions,
  check: (schema, value) =>
    (compileSchema({ definitions }, schema, direction)?.(value) ?? []).map(({ keyword, pointer }) => ({
      keyword,
      at: pointer,
    })),
})
