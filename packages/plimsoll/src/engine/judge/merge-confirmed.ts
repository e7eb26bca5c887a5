import type { SourcePlace } from '../../model/evidence.ts'
import type { Route } from '../../model/system.ts'
import type { Verdict } from '../../model/verdict.ts'

/** A statement is often written over a few lines, and reported at its first or its last one. */
const NEAR_LINES = 5

const near = (a: SourcePlace, b: SourcePlace) => a.file === b.file && Math.abs(a.line - b.line) <= NEAR_LINES

/** The lines from where a route's handler begins to where the next one in that file does. */
const within = (place: SourcePlace, route: Route, routes: readonly Route[]): boolean => {
  const starts = (one: Route) =>
    [one.handler.place ?? one.place, one.place].filter(({ file }) => file === place.file)
  const from = Math.min(...starts(route).map(({ line }) => line))
  const others = routes.flatMap(starts).map(({ line }) => line)
  const next = Math.min(...others.filter((line) => line > from))
  return place.line >= from && place.line < next
}

/** Subjects of experiments begin with their operation: `GET /notes/:id: …`. */
const routesOf = ({ subject }: Verdict, routes: readonly Route[]): Route[] =>
  routes.filter(({ method, path }) => {
    const name = `${method === 'ANY' ? 'GET' : method} ${path}`
    return subject.startsWith(name) && !/^(?:[\w/-]|:\w)/.test(subject.slice(name.length))
  })

const isSame = (suspected: Verdict, proved: Verdict, routes: readonly Route[]): boolean => {
  if (suspected.cwe === undefined || suspected.cwe !== proved.cwe) return false
  const places = suspected.places ?? []
  if (places.some((one) => proved.places?.some((other) => near(one, other)))) return true
  return routesOf(proved, routes).some((route) => places.some((place) => within(place, route, routes)))
}

const placesOf = (verdicts: readonly Verdict[]): SourcePlace[] => {
  const seen = new Set<string>()
  return verdicts
    .flatMap(({ places = [] }) => places)
    .filter(({ file, line }) => !seen.has(`${file}:${line}`) && seen.add(`${file}:${line}`))
}

/** The source that was suspected belongs to what was proved; what was proved keeps its own words. */
const join = (proved: Verdict, suspected: readonly Verdict[]): Verdict => ({
  ...proved,
  places: placesOf([proved, ...suspected]),
  confirms: [...new Set(suspected.map(({ probe }) => probe))],
  evidence: [
    ...proved.evidence,
    ...suspected.flatMap(({ evidence }) => evidence.filter(({ kind }) => kind === 'source')),
  ],
})

/**
 * What an inspection suspects and an experiment proves is one finding: the experiment's, with the source line. The
 * same weakness (CWE) at the same place or in the handler of the same route is the same; the inspection's own verdict
 * is then left out.
 * @param inspections ids of the probes that only read
 */
export const mergeConfirmed = (
  verdicts: readonly Verdict[],
  inspections: ReadonlySet<string>,
  routes: readonly Route[],
): Verdict[] => {
  const isRefuted = ({ status }: Verdict) => status === 'refuted'
  const suspected = verdicts.filter((one) => isRefuted(one) && inspections.has(one.probe))
  const merged = new Set<Verdict>()
  const joined = verdicts.map((verdict) => {
    if (!isRefuted(verdict) || verdict.tier !== 'defect' || inspections.has(verdict.probe)) return verdict
    const same = suspected.filter((one) => isSame(one, verdict, routes))
    for (const one of same) merged.add(one)
    return same.length === 0 ? verdict : join(verdict, same)
  })
  return joined.filter((verdict) => !merged.has(verdict))
}
