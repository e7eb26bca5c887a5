import type { ExampleRequest } from '../../model/config.ts'
import type { Route } from '../../model/system.ts'
import type { Lab, RequestOptions } from '../lab.ts'
import { freshen } from './freshen.ts'
import { type Observing, observe } from './observe.ts'
import { keep, type Reached } from './reach.ts'
import type { SpeakSources } from './speak.ts'

const routeOf = (example: ExampleRequest, routes: readonly Route[]): Route => {
  const [method = 'GET', path = '/'] = example.route.split(' ')
  const found = routes.find(
    (route) => route.path === path && (route.method === method || route.method === 'ANY'),
  )
  const nowhere = { file: 'plimsoll.config', line: 0 }
  return found !== undefined
    ? { ...found, method }
    : {
        method,
        path,
        place: nowhere,
        handler: { name: null, place: null },
        middlewares: [],
        guard: 'unknown',
        validator: 'unknown',
        framework: 'declared',
      }
}

/** An example of the configuration as a route and a request to it. */
export const requestOf = (
  example: ExampleRequest,
  routes: readonly Route[],
): { route: Route; request: RequestOptions } => {
  const route = routeOf(example, routes)
  return {
    route,
    request: {
      method: route.method,
      path: example.path ?? route.path,
      ...(example.headers && { headers: example.headers }),
      ...(example.body !== undefined && { body: example.body }),
    },
  }
}

/** The requests that the user vouches for, sent once. */
export const declaredRequests = async (
  lab: Observing & Pick<Lab, 'random'>,
  { config, service }: SpeakSources,
): Promise<Reached> => {
  const reached: Reached = { known: [], reach: [] }
  for (const example of config.requests ?? []) {
    const { route, request } = requestOf(example, service.routes)
    keep(reached, {
      route,
      request,
      observed: await observe(lab, freshen(request, lab.random)),
      how: 'declared',
    })
  }
  return reached
}
