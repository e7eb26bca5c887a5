import type { Route, System } from '../../../model/system.ts'
import { contains, type Sketch, type Span, size } from './sketch.ts'

/** `POST /orders` */
export const labelOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`

export const routesOf = ({ services }: System): readonly Route[] => services.flatMap(({ routes }) => routes)

/** Lines that belong to one operation: where it is registered, and its handler. */
export type RouteSpan = Span & { label: string }

const placesIn = (routes: readonly Route[], file: string) =>
  routes.flatMap((route) => [
    ...(route.place.file === file ? [{ label: labelOf(route), line: route.place.line }] : []),
    ...(route.handler.place?.file === file
      ? [{ label: labelOf(route), line: route.handler.place.line }]
      : []),
  ])

/**
 * The largest call or function that begins on a route's line and holds no other route, and the call that it is an
 * argument of: a registration over several lines begins above its handler.
 */
const spanAt = (sketch: Sketch, line: number, others: readonly number[]): Span => {
  const alone = sketch.spans.filter(
    (span) => contains(span, line) && !others.some((other) => other !== line && contains(span, other)),
  )
  const [widest] = alone.filter(({ from }) => from === line).sort((a, b) => size(b) - size(a))
  const upwards = alone.sort((a, b) => size(a) - size(b))
  let best: Span = widest ?? upwards[0] ?? { from: line, to: line }
  for (const span of upwards) {
    if (size(span) <= size(best)) continue
    if (!span.call) break
    best = span
  }
  return best
}

/** Where the operations of a file are written. */
export const routeSpans = (routes: readonly Route[], file: string, sketch: Sketch): RouteSpan[] => {
  const places = placesIn(routes, file)
  return places.map(({ label, line }) => {
    const others = places.filter((other) => other.label !== label).map((other) => other.line)
    return { label, ...spanAt(sketch, line, others) }
  })
}
