import type { Api, ApiOperation, ApiParameter } from '../../contract/api.ts'
import { defineHandoff, type HandoffInput } from '../define.ts'
import { sourceLine } from '../facts.ts'
import { typeName, typeOf } from './type-of.ts'

const camel = (text: string): string => {
  const name = typeName(text)
  return name.charAt(0).toLowerCase() + name.slice(1)
}

const nameOf = ({ id, method, path }: ApiOperation): string =>
  camel(id ?? `${method.toLowerCase()} ${path.replace(/:(\w+)/g, 'by $1')}`)

const isJson = (mediaType: string) => /[/+]json\b/.test(mediaType)

const bodyType = ({ body }: ApiOperation): string | null => {
  const json = body?.content.find(({ mediaType }) => isJson(mediaType))
  return json === undefined ? null : typeOf(json.schema ?? true)
}

const answerType = ({ responses }: ApiOperation): string => {
  const good = responses.filter(({ status }) => /^2/.test(status))
  const types = good.map(({ content }) => {
    const json = content.find(({ mediaType }) => isJson(mediaType))
    return json === undefined ? 'undefined' : typeOf(json.schema ?? true)
  })
  return types.length === 0 ? 'unknown' : [...new Set(types)].join(' | ')
}

const fieldsOf = (parameters: readonly ApiParameter[]): string =>
  parameters
    .map(({ name, required, schema }) => `${JSON.stringify(name)}${required ? '' : '?'}: ${typeOf(schema)}`)
    .join('; ')

const inputOf = (operation: ApiOperation): { type: string; optional: boolean } | null => {
  const inPath = operation.parameters.filter((each) => each.in === 'path')
  const inQuery = operation.parameters.filter((each) => each.in === 'query')
  const body = bodyType(operation)
  const parts = [
    ...(inPath.length > 0
      ? [`path: { ${fieldsOf(inPath.map((each) => ({ ...each, required: true })))} }`]
      : []),
    ...(inQuery.length > 0
      ? [`query${inQuery.some(({ required }) => required) ? '' : '?'}: { ${fieldsOf(inQuery)} }`]
      : []),
    ...(body === null ? [] : [`body${operation.body?.required === true ? '' : '?'}: ${body}`]),
  ]
  return parts.length === 0
    ? null
    : { type: `{ ${parts.join('; ')} }`, optional: parts.every((part) => /^\w+\?/.test(part)) }
}

const methodOf = (operation: ApiOperation, name: string): string => {
  const input = inputOf(operation)
  const given = input === null ? '' : `input: ${input.type}${input.optional ? ' = {}' : ''}`
  return [
    `  /** ${operation.method} ${operation.path}${operation.deprecated ? ' (deprecated)' : ''} */`,
    `  ${name}: (${given}): Promise<${answerType(operation)}> =>`,
    `    send(${JSON.stringify(operation.method)}, ${JSON.stringify(operation.path)}${input === null ? '' : ', input'}),`,
  ].join('\n')
}

const HEAD = `
/** An answer that is no success. */
export class ApiError extends Error {
  readonly status: number
  readonly body: unknown
  constructor(status: number, body: unknown) {
    super(\`answered \${status}\`)
    this.name = 'ApiError'
    this.status = status
    this.body = body
  }
}

export type ClientOptions = {
  /** for example https://api.example.com */
  baseUrl: string
  /** called for each request: credentials, an idempotency key */
  headers?: () => Record<string, string>
  fetch?: typeof globalThis.fetch
}

type Input = { path?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }

const addressOf = (baseUrl: string, template: string, { path = {}, query = {} }: Input): string => {
  const filled = template.replace(/:(\\w+)/g, (_, name: string) => encodeURIComponent(String(path[name])))
  const url = new URL(baseUrl.replace(/\\/$/, '') + filled)
  for (const [name, value] of Object.entries(query))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined) url.searchParams.append(name, String(each))
  return url.href
}

const read = async (answer: Response): Promise<unknown> => {
  const text = await answer.text()
  if (text === '') return undefined
  return /[/+]json\\b/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text
}
`

const SEND = `  const send = async (method: string, template: string, input: Input = {}): Promise<never> => {
    const headers: Record<string, string> = { accept: 'application/json', ...options.headers?.() }
    if (input.body !== undefined) headers['content-type'] = 'application/json'
    const answer = await (options.fetch ?? globalThis.fetch)(addressOf(options.baseUrl, template, input), {
      method,
      headers,
      ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
    })
    const body = await read(answer)
    if (!answer.ok) throw new ApiError(answer.status, body)
    // What the document promises is taken at its word: "plimsoll prove --only contract" holds the service to it.
    return body as never
  }`

/** Each name once: the second of two gets a number. */
const named = (operations: readonly ApiOperation[]): [ApiOperation, string][] => {
  const taken = new Map<string, number>()
  return operations.map((operation) => {
    const name = nameOf(operation)
    const nth = (taken.get(name) ?? 0) + 1
    taken.set(name, nth)
    return [operation, nth === 1 ? name : `${name}${nth}`]
  })
}

const clientOf = (api: Api, input: HandoffInput): string =>
  [
    `// ${sourceLine(input)}`,
    '// Types follow the document; nothing is checked at run time.',
    HEAD,
    ...Object.entries(api.definitions).map(
      ([name, schema]) => `export type ${typeName(name)} = ${typeOf(schema)}\n`,
    ),
    'export const createClient = (options: ClientOptions) => {',
    SEND,
    '  return {',
    ...named(api.operations).map(([operation, name]) => methodOf(operation, name).replace(/^/gm, '  ')),
    '  }',
    '}',
    '',
  ].join('\n')

export default defineHandoff({
  id: 'client',
  title: 'A typed client in TypeScript, without dependencies',
  for: 'frontend',
  make: (input) =>
    input.api === null || input.api.operations.length === 0
      ? []
      : [{ path: 'client.ts', text: clientOf(input.api, input) }],
})
