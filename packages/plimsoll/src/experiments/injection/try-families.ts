import type { Lab, RequestOptions } from '../../lab/lab.ts'
import { type App, describeApp } from './app.ts'
import { FAMILIES } from './families/all.ts'
import type { Family, Sighting } from './family.ts'
import { findPoints } from './find-points.ts'
import type { Seen } from './index.ts'
import { openRange, type Range } from './open-range.ts'
import { findPages, readPages } from './pages.ts'
import type { Point } from './points.ts'
import { crashSubjectOf, subjectOf } from './subject.ts'

const MOST_REQUESTS = 1_500
const MOST_MS = 50_000
/** What works in the background may still be about to run what it was told. */
const LATE_MS = 300

type Tried = Seen['tried'][number]
type Open = { family: Family; point: Point; sightings: Sighting[] }

/** Where a statement is written; a broken one may be unlike any, then one that runs tells. */
const originOf = (lab: Lab, { point: { route }, sightings }: Open) => {
  const handler = route.handler.place ?? route.place
  const found = sightings
    .flatMap(({ statements }) => statements)
    .map(({ sql }) => lab.origin(sql, route))
    .filter((origin) => origin !== null)
  const written = found.find(({ place }) => place.file !== handler.file || place.line !== handler.line)
  return written ?? found[0] ?? null
}

const attemptOf = (lab: Lab, one: Open): Seen['attempts'][number] => ({
  family: one.family.id,
  operation: one.point.operation,
  input: one.point.input,
  place: one.point.route.handler.place ?? one.point.route.place,
  sightings: one.sightings,
  origin: originOf(lab, one),
})

/** What a first look saw nothing of may have come later: a file, a request to the canary, a statement. */
const lookAgainAt = async (range: Range, undecided: readonly Open[]): Promise<Open[]> => {
  const late: Open[] = []
  for (const one of undecided) {
    const sightings = await Promise.all(one.sightings.map((sighting) => range.lookAgain(sighting)))
    if (one.family.weigh(sightings) !== null) late.push({ ...one, sightings })
  }
  return late
}

/** An answer that says nothing of the input: who asks, what for, or how often was wrong. */
const TURNED_AWAY = new Set([null, 401, 403, 404, 405, 429])

/** Where the way is known to work, a name in it that nothing is called by was looked for. */
const wasReached = ({ works, place }: Point, sightings: readonly Sighting[]) =>
  sightings.some(
    ({ exchange: { status } }) =>
      !TURNED_AWAY.has(status) || (status === 404 && works && place.in === 'path'),
  )

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
  const hasCrashed = (operation: string) =>
    range.losses.some((loss) => loss.operation === operation && loss.why === 'exited')
  const wanted = (family: Family, { operation }: Point) =>
    focus === undefined ||
    focus.includes(subjectOf(operation, family.title)) ||
    (focus.includes(crashSubjectOf(operation)) && !hasCrashed(operation))
  const found: Open[] = []
  const undecided: Open[] = []
  const tried = new Map<string, Tried>()
  const left = new Map<string, number>()
  const points = findPoints(lab)
  let pages: RequestOptions[] | null = null
  for (const family of FAMILIES) {
    const open: Open[] = []
    for (const point of points.filter((one) => fits(family, one, app) && wanted(family, one))) {
      const { operation, input } = point
      const record = tried.get(operation) ?? { operation, inputs: [], attempts: 0, left: 0, reached: false }
      tried.set(operation, record)
      if (!range.open(operation, input)) {
        left.set(family.title, (left.get(family.title) ?? 0) + 1)
        record.left += 1
        continue
      }
      const sightings = await family.attempt(point, range)
      if (sightings.length === 0) continue
      record.attempts += 1
      record.reached ||= wasReached(point, sightings)
      if (!record.inputs.includes(input)) record.inputs.push(input)
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
    tried: [...tried.values()].filter(({ attempts, left }) => attempts + left > 0),
    attempts: [...found, ...late].map((one) => attemptOf(lab, one)),
    losses: range.losses,
    left: [...left].map(([family, places]) => ({ family, places })),
  }
}
