import type { Lab, RequestOptions } from '../../lab/lab.ts'
import { type App, describeApp } from './app.ts'
import { FAMILIES } from './families/all.ts'
import type { Family, Sighting } from './family.ts'
import { findPoints } from './find-points.ts'
import type { Seen } from './index.ts'
import { openRange, type Range } from './open-range.ts'
import { findPages, readPages } from './pages.ts'
import type { Point } from './points.ts'
import { subjectOf } from './subject.ts'

const MOST_REQUESTS = 1_500
const MOST_MS = 50_000
/** What works in the background may still be about to run what it was told. */
const LATE_MS = 300

type Open = { family: Family; point: Point; sightings: Sighting[] }

const attemptOf = ({ family, point, sightings }: Open): Seen['attempts'][number] => ({
  family: family.id,
  operation: point.operation,
  input: point.input,
  place: point.route.handler.place ?? point.route.place,
  sightings,
  origin: null,
})

const withOrigin = (lab: Lab, one: Open): Seen['attempts'][number] => {
  const [statement] = one.sightings.flatMap(({ statements }) => statements)
  return {
    ...attemptOf(one),
    origin: statement === undefined ? null : lab.origin(statement.sql, one.point.route),
  }
}

/** What a first look saw nothing of may have come later: a file, a request to the canary, a statement. */
const lookAgainAt = async (range: Range, undecided: readonly Open[]): Promise<Open[]> => {
  const late: Open[] = []
  for (const one of undecided) {
    const sightings = await Promise.all(one.sightings.map((sighting) => range.lookAgain(sighting)))
    if (one.family.weigh(sightings) !== null) late.push({ ...one, sightings })
  }
  return late
}

const countTried = (tried: ReadonlyMap<string, Set<string>>): Seen['tried'] =>
  [...tried].map(([operation, inputs]) => ({ operation, inputs: [...inputs] }))

const fits = (family: Family, point: Point, app: App) =>
  (family.whole === true) === (point.place.in === 'whole') && family.suits(point, app)

/** Every family at every place where it makes sense, family by family, so that a short budget leaves out the lightest. */
export const tryFamilies = async (
  lab: Lab,
  { signal, focus }: { signal: AbortSignal; focus?: readonly string[] },
): Promise<Seen> => {
  const app = describeApp(lab)
  const range = await openRange(lab, {
    requests: MOST_REQUESTS,
    endMs: lab.nowMs() + MOST_MS,
    signal,
  })
  const wanted = (family: Family, { operation }: Point) =>
    focus === undefined || focus.includes(subjectOf(operation, family.title))
  const found: Open[] = []
  const undecided: Open[] = []
  const tried = new Map<string, Set<string>>()
  const left = new Map<string, number>()
  const points = findPoints(lab)
  let pages: RequestOptions[] | null = null
  for (const family of FAMILIES) {
    const open: Open[] = []
    for (const point of points.filter((one) => fits(family, one, app) && wanted(family, one))) {
      if (!range.open(point.operation)) {
        left.set(family.title, (left.get(family.title) ?? 0) + 1)
        continue
      }
      const sightings = await family.attempt(point, range)
      if (sightings.length === 0) continue
      tried.set(point.operation, (tried.get(point.operation) ?? new Set()).add(point.input))
      const one = { family, point, sightings }
      if (family.weigh(sightings) === null) open.push(one)
      else found.push(one)
    }
    if (family.stored === true && open.length > 0) {
      pages ??= await findPages(lab, range)
      const shown = await readPages(
        range,
        pages,
        open.flatMap(({ sightings }) => sightings),
      )
      for (const one of open) {
        const marks = new Set(one.sightings.map(({ mark }) => mark))
        one.sightings.push(...shown.filter(({ mark }) => marks.has(mark)))
      }
    }
    undecided.push(...open)
  }
  if (!signal.aborted) await lab.sleep(LATE_MS).catch(() => undefined)
  const late = await lookAgainAt(range, undecided)
  return {
    requests: range.spent(),
    canary: range.canary !== null,
    sql: app.sql,
    tried: countTried(tried),
    attempts: [...found, ...late].map((one) => withOrigin(lab, one)),
    losses: range.losses,
    left: [...left].map(([family, places]) => ({ family, places })),
  }
}
