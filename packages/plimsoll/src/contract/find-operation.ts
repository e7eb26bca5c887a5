import type { Route } from '../model/system.ts'
import type { Api, ApiOperation } from './api.ts'

/** Names of parameters are a matter of taste: `/users/:id/` and `/users/:userId` are one place. */
export const routeShape = (path: string) =>
  path.replace(/:\w+[?+*]?(?:\([^)]*\))?/g, ':').replace(/(.)\/$/, '$1')

const indexes = new WeakMap<Api, Map<string, ApiOperation>>()

const indexOf = (api: Api): Map<string, ApiOperation> => {
  const known = indexes.get(api)
  if (known !== undefined) return known
  const made = new Map<string, ApiOperation>()
  for (const operation of api.operations) {
    const key = `${operation.method} ${routeShape(operation.path)}`
    if (!made.has(key)) made.set(key, operation)
  }
  indexes.set(api, made)
  return made
}

/** The operation that a route of the survey is; null where the API says nothing of it. */
export const operationOfRoute = (
  api: Api,
  { method, path }: Pick<Route, 'method' | 'path'>,
): ApiOperation | null => indexOf(api).get(`${method} ${routeShape(path)}`) ?? null

const quoted = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const matcherOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split('/')
      .map((part) =>
        part
          .split(/(:\w+)/)
          .map((piece) => (piece.startsWith(':') ? '[^/]+?' : quoted(piece)))
          .join(''),
      )
      .join('/')}$`,
  )

/** `/notes/mine` comes before `/notes/:id`, part by part. */
const concreteness = (path: string) =>
  path
    .split('/')
    .map((part) => (part.includes(':') ? '1' : '0'))
    .join('')

/** The operation that a concrete request meets: `/notes/7?full=1` is `/notes/:id`; null where none does. */
export const operationOfRequest = (api: Api, method: string, path: string): ApiOperation | null => {
  const plain = path.replace(/[?#].*$/, '').replace(/(.)\/$/, '$1')
  const [best] = api.operations
    .filter((one) => one.method === method.toUpperCase() && matcherOf(one.path).test(plain))
    .sort((a, b) => concreteness(a.path).localeCompare(concreteness(b.path)))
  return best ?? null
}
