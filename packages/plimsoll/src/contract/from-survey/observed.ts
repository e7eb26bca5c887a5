import type { Json } from '../../base/json/json.ts'
import type { Route } from '../../model/system.ts'

/** One answer of the running app, by the route that gave it. */
export type Observed = {
  method: string
  /** as the survey has it: `/orders/:id` */
  path: string
  status: number
  /** null where it had no body, or said no type */
  mediaType: string | null
  /** absent where the body was none, was cut, or is no JSON */
  sample?: Json
}

const matcher = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split('/')
      .map((segment) =>
        segment
          .split(/(:\w+\??|\*)/)
          .map((part) =>
            part === '*'
              ? '.*'
              : part.startsWith(':')
                ? '[^/]*'
                : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
          )
          .join(''),
      )
      .join('/')}/?$`,
  )

const literals = (path: string) => path.split('/').filter((part) => !/[:*]/.test(part)).length

/** Finds the route that answers a request: of several that match the one with the most fixed segments. */
export const routeFinder = (routes: readonly Pick<Route, 'method' | 'path'>[]) => {
  const all = routes
    .map((route) => ({ route, pattern: matcher(route.path) }))
    .sort((a, b) => literals(b.route.path) - literals(a.route.path))
  return (method: string, path: string): Pick<Route, 'method' | 'path'> | null =>
    all.find(
      ({ route, pattern }) =>
        (route.method === method || route.method === 'ANY') && pattern.test(path.replace(/\?.*$/, '')),
    )?.route ?? null
}
