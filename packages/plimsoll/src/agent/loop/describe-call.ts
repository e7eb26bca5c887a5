/** Where tools say what a call is about, most telling first. */
const TELLING = [
  'command',
  'pattern',
  'path',
  'sql',
  'agent',
  'id',
  'only',
  'query',
  'question',
  'topic',
  'name',
  'url',
]

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : Array.isArray(value) ? value.map(textOf).join(' ') : ''

/** One line for a person: `write src/refunds.ts`, `bash npm test`, `http POST /orders`. */
export const describeCall = (tool: string, input: unknown): string => {
  if (typeof input !== 'object' || input === null) return tool
  const fields: Record<string, unknown> = { ...input }
  const isRequest = typeof fields.method === 'string' && typeof fields.path === 'string'
  const about = isRequest
    ? `${fields.method} ${fields.path}`
    : (TELLING.map((name) => textOf(fields[name])).find((text) => text !== '') ?? '')
  return `${tool} ${about}`.replace(/\s+/g, ' ').trim()
}
