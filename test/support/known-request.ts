import type { RequestOptions } from '../../packages/plimsoll/src/instruments/http/http.ts'
import type { KnownRequest } from '../../packages/plimsoll/src/lab/lab.ts'
import type { Route } from '../../packages/plimsoll/src/model/system.ts'

/** A route as a survey finds it, neither guarded nor validated. */
export const routeOf = (method: string, path: string, parts: Partial<Route> = {}): Route => ({
  method,
  path,
  place: { file: 'server.js', line: 1 },
  handler: { name: null, place: null },
  middlewares: [],
  guard: 'unknown',
  validator: 'unknown',
  framework: 'express',
  ...parts,
})

type Parts = Partial<RequestOptions> & Partial<Pick<KnownRequest, 'statements' | 'writes'>>

/** A request that answered 200; statements and writes are by store id. */
export const knownRequest = (
  method: string,
  path: string,
  { statements = {}, writes = {}, ...request }: Parts = {},
): KnownRequest => ({
  route: routeOf(method, path),
  request: { method, path, ...request },
  status: 200,
  statements,
  writes,
  how: 'inferred',
})
