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

/** The largest call or function that begins on a route's line and holds no other route. */
const spanAt = (sketch: Sketch, line: number, others: readonly number[]): Span => {
  const alone = sketch.spans.filter(
    (span) => span.from === line && !others.some((other) => other !== line && contains(span, other)),
  )
  const around = sketch.spans.filter(
    (span) => contains(span, line) && !others.some((other) => other !== line && contains(span, other)),
  )
  const [best] = alone.sort((a, b) => size(b) - size(a))
  const [near] = around.sort((a, b) => size(a) - size(b))
  return best ?? near ?? { from: line, to: line }
}

/** Where the operations of a file are written. */
export const routeSpans = (routes: readonly Route[], file: string, sketch: Sketch): RouteSpan[] => {
  const places = placesIn(routes, file)
  const lines = places.map(({ line }) => line)
  return places.map(({ label, line }) => ({ label, ...spanAt(sketch, line, lines) }))
}
