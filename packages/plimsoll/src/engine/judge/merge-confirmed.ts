import type { SourcePlace } from '../../model/evidence.ts'
import { bySeverity } from '../../model/priority.ts'
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

/** An operation that tells anybody what it should keep: without a guard, with too much in its answer, left from tests. */
const OPEN_DOOR: ReadonlySet<number> = new Set([200, 306, 489])

const sameWeakness = (one: number | undefined, other: number | undefined): boolean =>
  one !== undefined && other !== undefined && (one === other || (OPEN_DOOR.has(one) && OPEN_DOOR.has(other)))

/** An experiment that came upon it on the way suspects what another one proves: that a request ends the process. */
const SUSPECTS_EXIT = /: odd input$/

const isSame = (suspected: Verdict, proved: Verdict, routes: readonly Route[]): boolean => {
  if (SUSPECTS_EXIT.test(suspected.subject))
    return proved.subject === suspected.subject.replace(SUSPECTS_EXIT, ': exit')
  if (!sameWeakness(suspected.cwe, proved.cwe)) return false
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

const unique = (texts: readonly string[]) => [...new Set(texts)]

/** The source that was suspected belongs to what was proved; what was proved keeps its own words. */
const join = (proved: Verdict, suspected: readonly Verdict[]): Verdict => ({
  ...proved,
  places: placesOf([proved, ...suspected]),
  confirms: unique(suspected.map(({ probe }) => probe)),
  repairs: unique([...proved.repairs, ...suspected.flatMap(({ repairs }) => repairs)]),
  evidence: [
    ...proved.evidence,
    ...suspected.flatMap(({ evidence }) => evidence.filter(({ kind }) => kind === 'source')),
  ],
})

/** Weaknesses of the one place that answers all errors: however many experiments come upon them, one repair mends them. */
const OF_THE_WHOLE: ReadonlySet<number> = new Set([209])

/** What several experiments look at in an operation, and call by the same name. */
const ASPECT = /: repeated$/

/** Passwords that another account can read are those that the answer shows; a guard alone would not mend it. */
const READS_PASSWORDS = /can read passwords/

const isOpen = ({ cwe, title }: Verdict): boolean =>
  cwe !== undefined && (OPEN_DOOR.has(cwe) || READS_PASSWORDS.test(title))

/** What two experiments say the same of; null where nobody else speaks of it. */
const matterOf = (verdict: Verdict, routes: readonly Route[]): string | null => {
  const { cwe, subject } = verdict
  if (cwe !== undefined && OF_THE_WHOLE.has(cwe)) return `whole: ${cwe}`
  if (ASPECT.test(subject)) return subject
  const [route] = isOpen(verdict) ? routes : []
  return route === undefined ? null : `open: ${route.method} ${route.path}`
}

const worst = (verdicts: readonly Verdict[]): Pick<Verdict, 'severity'> => {
  const [severity] = verdicts.flatMap((one) => one.severity ?? []).sort(bySeverity)
  return severity === undefined ? {} : { severity }
}

const withOthers = (head: Verdict, others: readonly Verdict[]): Verdict => {
  const probes = unique(others.map(({ probe }) => probe))
  const confirms = unique([
    ...(head.confirms ?? []),
    ...others.flatMap((one) => one.confirms ?? []),
    ...probes,
  ])
  return {
    ...head,
    ...worst([head, ...others]),
    detail: `${head.detail} · also seen by ${probes.join(', ')}`,
    confirms: confirms.filter((probe) => probe !== head.probe),
    repairs: unique([...head.repairs, ...others.flatMap(({ repairs }) => repairs)]),
    ...(placesOf([head, ...others]).length > 0 && { places: placesOf([head, ...others]) }),
    evidence: [...head.evidence, ...others.flatMap(({ evidence }) => evidence.slice(0, 2))],
  }
}

/** Where several experiments prove one weakness, the first tells it with what the others saw. */
const foldProved = (verdicts: readonly Verdict[], routes: readonly Route[]): Verdict[] => {
  const heads = new Map<string, { head: Verdict; others: Verdict[] }>()
  for (const verdict of verdicts) {
    if (verdict.status !== 'refuted' || verdict.tier !== 'defect') continue
    const matter = matterOf(verdict, routesOf(verdict, routes))
    if (matter === null) continue
    const known = heads.get(matter)
    if (known === undefined) heads.set(matter, { head: verdict, others: [] })
    else if (known.head.probe !== verdict.probe) known.others.push(verdict)
  }
  const folded = new Set([...heads.values()].flatMap(({ others }) => others))
  return verdicts
    .filter((verdict) => !folded.has(verdict))
    .map((verdict) => {
      const others = [...heads.values()].find(({ head }) => head === verdict)?.others ?? []
      return others.length === 0 ? verdict : withOthers(verdict, others)
    })
}

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
  const suspected = verdicts.filter(
    (one) =>
      isRefuted(one) &&
      (inspections.has(one.probe) || (one.tier === 'suspicion' && SUSPECTS_EXIT.test(one.subject))),
  )
  const merged = new Set<Verdict>()
  const joined = verdicts.map((verdict) => {
    if (!isRefuted(verdict) || verdict.tier !== 'defect' || inspections.has(verdict.probe)) return verdict
    const same = suspected.filter((one) => isSame(one, verdict, routes))
    for (const one of same) merged.add(one)
    return same.length === 0 ? verdict : join(verdict, same)
  })
  return foldProved(
    joined.filter((verdict) => !merged.has(verdict)),
    routes,
  )
}
