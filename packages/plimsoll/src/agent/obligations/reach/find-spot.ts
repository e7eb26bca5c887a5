import type { RouteSpan } from './route-spans.ts'
import { contains, type Sketch, type Span, size, type Unit } from './sketch.ts'

/** What a line of code belongs to. */
export type Spot =
  | { kind: 'route'; labels: readonly string[]; span: Span }
  | { kind: 'unit'; unit: Unit /** the object or class that it is a member of */; owner: Unit | null }
  /** inside something that registers routes, and not inside one of them: it may concern all of these */
  | { kind: 'around'; labels: readonly string[]; span: Span }
  /** a statement that stands by itself */
  | { kind: 'top' }

const routeAt = (spans: readonly RouteSpan[], line: number): Spot | null => {
  const [best] = spans.filter((span) => contains(span, line)).sort((a, b) => size(a) - size(b))
  if (best === undefined) return null
  const same = spans.filter(({ from, to }) => from === best.from && to === best.to)
  return { kind: 'route', labels: [...new Set(same.map(({ label }) => label))], span: best }
}

const within = (inner: Span, outer: Span) => outer.from <= inner.from && inner.to <= outer.to

/** The widest unit that the line is in and that is one thing: of a class or an object it is the member. */
const unitAt = (sketch: Sketch, spans: readonly RouteSpan[], line: number): Spot | null => {
  const around = sketch.units.filter((unit) => contains(unit, line)).sort((a, b) => size(b) - size(a))
  let owner: Unit | null = null
  let container: Unit | null = null
  for (const unit of around) {
    const holdsRoutes = spans.some((span) => within(span, unit) && size(span) < size(unit))
    if (holdsRoutes) {
      container = unit
      continue
    }
    if (owner !== null && !unit.member) break
    if (!unit.holds) return { kind: 'unit', unit, owner }
    owner = unit
  }
  if (owner !== null) return { kind: 'unit', unit: owner, owner: null }
  if (container === null) return null
  const inside = spans.filter((span) => within(span, container))
  return { kind: 'around', labels: [...new Set(inside.map(({ label }) => label))], span: container }
}

/** What a line belongs to; null where only imports stand. */
export const findSpot = (sketch: Sketch, spans: readonly RouteSpan[], line: number): Spot | null => {
  const route = routeAt(spans, line)
  if (route !== null) return route
  if (sketch.silent.some((span) => contains(span, line))) return null
  return unitAt(sketch, spans, line) ?? { kind: 'top' }
}
