import type { SourcePlace } from '../../../model/evidence.ts'
import type { System } from '../../../model/system.ts'
import { findSpot, type Spot } from './find-spot.ts'
import type { Sketches } from './open-sketches.ts'
import { labelOf, type RouteSpan, routeSpans, routesOf } from './route-spans.ts'
import { contains, type Sketch } from './sketch.ts'

/** A name of a file that others may use. */
type Name = { file: string; name: string; member: boolean }

export type Reach = {
  /** files that the routes and the entries lead to */
  files: ReadonlySet<string>
  spotAt(file: string, line: number): Spot | null
  /** operations that run what stands there, directly or through calls */
  operationsOf(file: string, spot: Spot): readonly string[]
  /** operations of routers that a line mounts; empty where it mounts none */
  mountedAt(file: string, line: number): readonly string[]
  /** operations that are guarded by what stands there */
  guardedBy(file: string, spot: Spot): readonly string[]
}

const MOST_STEPS = 400

/** Follows uses of names backwards, from what changed to the operations that get there. */
export const openReach = (system: System, sketches: Sketches): Reach => {
  const routes = routesOf(system)
  const roots = [
    ...routes.flatMap(({ place, handler }) => [place.file, ...(handler.place ? [handler.place.file] : [])]),
    ...system.services.flatMap(({ entry }) => (entry === null ? [] : [entry])),
  ]
  const files = sketches.reachable([...new Set(roots)])
  const spans = new Map<string, RouteSpan[]>()
  const spansOf = (file: string): RouteSpan[] => {
    const known = spans.get(file) ?? routeSpans(routes, file, sketches.of(file))
    spans.set(file, known)
    return known
  }
  const spotAt = (file: string, line: number) => findSpot(sketches.of(file), spansOf(file), line)

  const labelsIn = (file: string) => spansOf(file).map(({ label }) => label)

  /** What stands beside routes concerns them, and those of the files that are imported there. */
  const belowOf = (file: string, labels: readonly string[]): string[] => [
    ...labels,
    ...[...sketches.reachable([file])].filter((other) => other !== file).flatMap((other) => labelsIn(other)),
  ]

  const wordsFor = (sketch: Sketch, here: boolean, { file, name, member }: Name) => {
    const from = sketch.imports.filter((one) => one.file === file)
    if (!here && from.length === 0) return []
    const locals = new Set(
      from
        .filter(({ imported }) => imported === name || (name === 'default' && imported === '*'))
        .map(({ local }) => local),
    )
    const whole = from.some(({ imported }) => imported === '*')
    return sketch.words.filter((word) => {
      if (member) return word.member && word.text === name
      if (word.member) return whole && word.text === name
      return locals.has(word.text) || (here && word.text === name)
    })
  }

  const namesOf = (file: string, spot: Spot): Name[] => {
    if (spot.kind !== 'unit') return []
    const { unit } = spot
    return [{ file, name: unit.name, member: unit.member }]
  }

  const follow = (first: readonly Name[], found: Set<string>) => {
    const queue = [...first]
    const seen = new Set(queue.map((name) => JSON.stringify(name)))
    const add = (name: Name) => {
      const key = JSON.stringify(name)
      if (!seen.has(key)) queue.push(name)
      seen.add(key)
    }
    for (let at = 0; at < queue.length && at < MOST_STEPS; at += 1) {
      const wanted = queue[at]
      if (wanted === undefined) break
      for (const file of files) {
        const sketch = sketches.of(file)
        for (const { name, as, file: from } of sketch.passed)
          if (from === wanted.file && (name === '*' || name === wanted.name))
            add({ ...wanted, file, name: name === '*' ? wanted.name : as })
        for (const { line } of wordsFor(sketch, file === wanted.file, wanted)) {
          const spot = spotAt(file, line)
          if (spot === null) continue
          if (spot.kind === 'route') for (const label of spot.labels) found.add(label)
          else if (spot.kind === 'around') for (const label of spot.labels) found.add(label)
          else if (spot.kind === 'top') for (const { label } of spansOf(file)) found.add(label)
          else for (const name of namesOf(file, spot)) add(name)
        }
      }
    }
  }

  /** A router is imported from where its routes are, or is a function of this file that registers some. */
  const mountedAt = (file: string, line: number): string[] => {
    const sketch = sketches.of(file)
    const words = new Set(sketch.words.filter((word) => word.line === line).map(({ text }) => text))
    const imported = sketch.imports.filter(({ local }) => words.has(local)).map((one) => one.file)
    const here = sketch.units
      .filter(({ name, from }) => words.has(name) && from !== line)
      .flatMap((unit) => spansOf(file).filter((span) => contains(unit, span.from)))
    const found = [...[...sketches.reachable(imported)].flatMap(labelsIn), ...here.map(({ label }) => label)]
    return [...new Set(found)]
  }

  const isIn = (file: string, spot: Spot, place: SourcePlace | null) =>
    place !== null && place.file === file && spot.kind === 'unit' && contains(spot.unit, place.line)

  const guardedBy = (file: string, spot: Spot) =>
    routes.filter(({ middlewares }) => middlewares.some(({ place }) => isIn(file, spot, place))).map(labelOf)

  return {
    files,
    spotAt,
    mountedAt,
    guardedBy,
    operationsOf: (file, spot) => {
      if (spot.kind === 'route') return spot.labels
      if (spot.kind === 'around') return [...new Set(belowOf(file, spot.labels))]
      if (spot.kind === 'top') return [...new Set(belowOf(file, labelsIn(file)))]
      const found = new Set(guardedBy(file, spot))
      follow(namesOf(file, spot), found)
      // Where nobody is seen to use the member, whoever uses the whole may.
      if (found.size === 0 && spot.owner !== null)
        follow([{ file, name: spot.owner.name, member: false }], found)
      return [...found]
    },
  }
}
