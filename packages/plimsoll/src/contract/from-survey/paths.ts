import type { Route } from '../../model/system.ts'

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE']
/** What an app that answers every method is asked in earnest. */
const EVERY = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** One path of the document: a route whose parameter may be missing has two. */
export type Address = {
  /** `/orders/{id}` */
  template: string
  /** in the order of the path */
  parameters: string[]
}

/** The methods that OpenAPI has words for; none for others. */
export const methodsOf = ({ method }: Pick<Route, 'method'>): string[] =>
  method === 'ANY' ? EVERY : METHODS.includes(method) ? [method] : []

const withoutMissing = (path: string): string[] => {
  const found = /\/?:\w+\?/.exec(path)
  if (found === null) return [path]
  const [whole] = found
  const before = path.slice(0, found.index)
  const after = path.slice(found.index + whole.length)
  return [`${before}${after}` || '/', `${before}${whole.slice(0, -1)}${after}`].flatMap(withoutMissing)
}

const addressOf = (path: string): Address => {
  const parameters: string[] = []
  const named = (wanted: string) => {
    let name = wanted
    for (let count = 2; parameters.includes(name); count += 1) name = `${wanted}${count}`
    parameters.push(name)
    return `{${name}}`
  }
  const template = path
    .replace(/:(\w+)\*?|\*/g, (_, name: string | undefined) => named(name ?? 'rest'))
    .replace(/^(?!\/)/, '/')
  return { template, parameters }
}

/** Where a route is found in the document; null for what a path cannot say, such as a regular expression. */
export const addressesOf = ({ path }: Pick<Route, 'path'>): Address[] | null => {
  if (/[()^$\\[\]|{}]/.test(path) || path === '*' || path === '/*') return null
  return withoutMissing(path).map(addressOf)
}

/** Two templates that differ in names only are the same path to OpenAPI. */
export const shapeOf = (template: string) => template.replace(/\{[^}]+\}/g, '{}')
