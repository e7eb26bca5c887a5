import { nearest } from '../../../base/text/nearest.ts'
import { type McpServer, ResourceNotFoundError, ResourceTemplate } from '../../../vendor/mcp-server.ts'

export type Listed = { id: string; title: string; description?: string }
export type Content = { text: string; mimeType: string }

/** A set of texts under one address pattern with one or two variables. */
export type Shelf = {
  name: string
  title: string
  description: string
  /** `plimsoll://standards/{id}` */
  address: string
  mimeType: string
  /** what is there, by the value of each variable */
  list(): readonly (Listed & { variables: Record<string, string> })[]
  read(variables: Record<string, string>): Content | null
  /** told in the listing of resources; the others are found through completion */
  isListed(variables: Record<string, string>): boolean
}

const MOST_COMPLETIONS = 100

const fill = (address: string, variables: Record<string, string>) =>
  address.replace(/\{(\w+)\}/g, (_, name: string) => variables[name] ?? '')

/** Values of one variable that begin with what was typed, given those that are chosen already. */
const complete = (shelf: Shelf, name: string, typed: string, chosen: Record<string, string>): string[] => {
  const matching = shelf
    .list()
    .filter(({ variables }) => Object.entries(chosen).every(([key, value]) => variables[key] === value))
    .map(({ variables }) => variables[name] ?? '')
  return [...new Set(matching)].filter((value) => value.startsWith(typed)).slice(0, MOST_COMPLETIONS)
}

const notFound = (shelf: Shelf, uri: string, variables: Record<string, string>): ResourceNotFoundError => {
  const [, value = ''] = Object.entries(variables).at(-1) ?? []
  const known = shelf.list().map((each) => Object.values(each.variables).at(-1) ?? '')
  const close = nearest(value, known)
  const hint = close === null ? 'resources/list tells what there is' : `did you mean "${close}"?`
  return new ResourceNotFoundError(uri, `Nothing is at ${uri}: ${hint}`)
}

const single = (value: string | string[] | undefined) =>
  Array.isArray(value) ? value.join('/') : (value ?? '')

/** @param redact takes secrets out of what is read */
export const registerShelf = (server: McpServer, shelf: Shelf, redact: (text: string) => string): void => {
  const names = [...shelf.address.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const listed = () => shelf.list().filter(({ variables }) => shelf.isListed(variables))
  const list = () => ({
    resources: listed().map(({ variables, title, description }) => ({
      uri: fill(shelf.address, variables),
      name: Object.values(variables).join('/'),
      title,
      ...(description !== undefined && { description }),
      mimeType: shelf.mimeType,
    })),
  })
  const template = new ResourceTemplate(shelf.address, {
    list,
    complete: Object.fromEntries(
      names.map((name) => [
        name,
        (typed: string, context?: { arguments?: Record<string, string> }) => {
          const { [name]: _, ...chosen } = context?.arguments ?? {}
          return complete(shelf, name, typed, chosen)
        },
      ]),
    ),
  })
  const { title, description, mimeType } = shelf
  server.registerResource(shelf.name, template, { title, description, mimeType }, (uri, given) => {
    const variables = Object.fromEntries(names.map((name) => [name, decodeURIComponent(single(given[name]))]))
    const content = shelf.read(variables)
    if (content === null) throw notFound(shelf, uri.href, variables)
    return { contents: [{ uri: uri.href, ...content, text: redact(content.text) }] }
  })
}
