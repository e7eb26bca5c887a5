/**
 * What an API says of itself, whatever it was written in: OpenAPI 2, 3.0 or 3.1, or our own reading of the source.
 * Every schema is JSON Schema 2020-12; what it refers to stands in `definitions` (`#/$defs/Order`).
 */
export type Api = {
  /** where it comes from: a file of the repo, a path that the app serves, or the survey of the source */
  from: { kind: 'repo' | 'served' | 'survey'; where: string }
  /** as the document writes it: `2.0`, `3.0.3`, `3.1.0` */
  version: string
  title: string
  /** the version of the API itself, as its document says */
  release?: string
  /** security schemes by name, as the document describes them */
  schemes?: Record<string, Record<string, unknown>>
  operations: ApiOperation[]
  definitions: Record<string, JsonSchema>
  /** what could not be read, and where: never thrown */
  problems: { where: string; problem: string }[]
  graphql?: GraphqlApi
}

export type JsonSchema = boolean | { readonly [keyword: string]: unknown }

export type ApiOperation = {
  /** `operationId`; null where there is none */
  id: string | null
  /** upper case */
  method: string
  /** as the app serves it, base path included, parameters as `:name` */
  path: string
  parameters: ApiParameter[]
  body: { required: boolean; content: ApiContent[] } | null
  responses: ApiResponse[]
  /** names of the schemes of each alternative; empty: open to everybody; null: the document says nothing of security */
  security: string[][] | null
  /** documented links: what of an answer feeds which operation */
  links: { status: string; operation: string; parameters: Record<string, string> }[]
  deprecated: boolean
  /** JSON pointer into the document */
  pointer: string
}

export type ApiParameter = {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required: boolean
  schema: JsonSchema
  /** how arrays and objects are written: `form`, `simple`, `deepObject`, … */
  style: string
  explode: boolean
  examples: unknown[]
}

export type ApiContent = { mediaType: string; schema: JsonSchema | null; examples: unknown[] }

export type ApiResponse = {
  /** `200`, `4XX`, `default` */
  status: string
  content: ApiContent[]
  headers: Record<string, { required: boolean; schema: JsonSchema }>
}

export type GraphqlApi = {
  /** where it is served; null where that is not known */
  endpoint: string | null
  from: 'introspection' | 'schema'
  operations: {
    kind: 'query' | 'mutation' | 'subscription'
    name: string
    arguments: { name: string; type: string; required: boolean }[]
    /** the type it gives, as SDL writes it */
    type: string
  }[]
  /** how deep types refer to each other before one comes again; null: without end */
  depth: number | null
  /** the whole schema in SDL */
  sdl: string
}
