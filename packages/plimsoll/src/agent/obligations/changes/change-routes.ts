import { isDeepStrictEqual } from 'node:util'
import type { ChangeKind } from '../../../model/change.ts'
import type { Route } from '../../../model/system.ts'
import { labelOf, routesOf } from '../reach/route-spans.ts'
import type { Start } from '../trees/start.ts'
import type { Tree } from '../trees/tree.ts'
import type { Change } from './change.ts'

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What an operation is, by its method: one that answers every method may do either. */
export const kindsOfOperation = (label: string): ChangeKind[] => {
  const [method = ''] = label.split(' ')
  if (method === 'ANY') return ['read-route', 'write-route']
  return [READS.has(method) ? 'read-route' : 'write-route']
}

const changeOf = (change: string, route: Route, kinds: readonly ChangeKind[], gone = false): Change => ({
  ...{ change, what: labelOf(route), kinds, lines: [] },
  place: gone ? null : (route.handler.place ?? route.place),
  operations: gone ? [] : [labelOf(route)],
})

const guards = ({ guard, middlewares, credentials }: Route) => ({
  guard,
  credentials,
  names: middlewares.map(({ name }) => name),
})

const compare = (before: Route, after: Route): Change[] => [
  ...(isDeepStrictEqual(guards(before), guards(after)) ? [] : [changeOf('changed guard', after, ['access'])]),
  ...(isDeepStrictEqual(before.schemas, after.schemas)
    ? []
    : [changeOf('changed schema', after, kindsOfOperation(labelOf(after)))]),
]

const byLabel = (routes: readonly Route[]) => new Map(routes.map((route) => [labelOf(route), route]))

/** Operations that are new, gone, or declared differently. */
export const changedRoutes = (start: Start, now: Tree): Change[] => {
  const [before, after] = [byLabel(routesOf(start.system)), byLabel(routesOf(now.system))]
  return [
    ...[...after].flatMap(([label, route]) => {
      const old = before.get(label)
      return old === undefined ? [changeOf('new route', route, kindsOfOperation(label))] : compare(old, route)
    }),
    ...[...before]
      .filter(([label]) => !after.has(label))
      .map(([, route]) => changeOf('removed route', route, ['contract'], true)),
  ]
}
