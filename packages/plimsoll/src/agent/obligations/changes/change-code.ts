import type { ChangeKind } from '../../../model/change.ts'
import { findSpot, type Spot } from '../reach/find-spot.ts'
import type { Reach } from '../reach/open-reach.ts'
import type { Sketches } from '../reach/open-sketches.ts'
import { routeSpans, routesOf } from '../reach/route-spans.ts'
import { contains, type Sketch, size } from '../reach/sketch.ts'
import { asksStore, isStatement } from '../reach/statement.ts'
import type { FileChange } from '../trees/file-changes.ts'
import type { Start } from '../trees/start.ts'
import type { Change } from './change.ts'
import { kindsOfOperation } from './change-routes.ts'
import { isAboutIdentity, signsIn, speaksOfGuards } from './signs.ts'

/** Changed lines that belong together: of one operation, or of one named thing. */
type Group = {
  spot: Spot
  /** lines as they are now */
  lines: number[]
  texts: string[]
  /** first lines of what is around the changed ones: `app.setErrorHandler((error) => {` */
  heads: string[]
  asks: boolean
  /** nothing of it was there before */
  whollyNew: boolean
}

const keyOf = (spot: Spot): string => {
  if (spot.kind === 'route') return `route ${spot.labels.join()}`
  if (spot.kind === 'unit') return `unit ${spot.unit.name} ${spot.owner?.name ?? ''}`
  return spot.kind
}

const textAt = (text: string | null, line: number) => text?.split('\n')[line - 1] ?? ''

/** Lines on which the calls and functions begin that a line is in, up to what it belongs to. */
const headsOf = (sketch: Sketch, spot: Spot, line: number): number[] =>
  sketch.spans
    .filter((span) => contains(span, line) && (spot.kind !== 'around' || size(span) < size(spot.span)))
    .map(({ from }) => from)

/** Groups the changed lines of a file, those that are gone by what they belonged to. */
const groupsOf = (change: FileChange, reach: Reach, sketches: Sketches, start: Start): Group[] => {
  const groups = new Map<string, Group>()
  const put = (spot: Spot | null, line: number | null, text: string, inStatement: boolean) => {
    if (spot === null) return
    const key = keyOf(spot)
    const group = groups.get(key) ?? {
      ...{ spot, lines: [], texts: [], heads: [], asks: false },
      whollyNew: isNew(spot),
    }
    if (line !== null) group.lines.push(line)
    group.texts.push(text)
    group.asks ||= inStatement || asksStore(text) || isStatement(text)
    groups.set(key, group)
  }
  const { file, before, after } = change
  const sketch = sketches.of(file)
  const old = before === null ? null : sketches.earlier(file, before)
  const isNew = (spot: Spot) =>
    old === null || (spot.kind === 'unit' && !old.units.some(({ name }) => name === spot.unit.name))
  const spotAt = (line: number): Spot | null => {
    const spot = reach.spotAt(file, line)
    const beside = spot?.kind === 'around' || spot?.kind === 'top'
    const labels = beside ? reach.mountedAt(file, line) : []
    return labels.length > 0 ? { kind: 'route', labels, span: { from: line, to: line } } : spot
  }
  for (const line of change.added) {
    const inStatement = sketch.statements.some((span) => contains(span, line))
    const spot = spotAt(line)
    put(spot, line, textAt(after, line), inStatement)
    if (spot?.kind === 'around' || spot?.kind === 'top')
      groups.get(keyOf(spot))?.heads.push(...headsOf(sketch, spot, line).map((head) => textAt(after, head)))
  }
  if (old !== null && change.removed.length > 0) {
    const spans = routeSpans(routesOf(start.system), file, old)
    for (const line of change.removed) {
      const inStatement = old.statements.some((span) => contains(span, line))
      put(findSpot(old, spans, line), null, textAt(before, line), inStatement)
    }
  }
  return [...groups.values()]
}

const nameOf = (file: string, spot: Spot): string => {
  if (spot.kind === 'route') return spot.labels.join(', ')
  if (spot.kind !== 'unit') return file
  return spot.owner === null
    ? `${spot.unit.name} in ${file}`
    : `${spot.owner.name}.${spot.unit.name} in ${file}`
}

type About = { startUp: boolean; everywhere: boolean; guards: boolean; identity: boolean; lost: boolean }

const aboutOf = (file: string, group: Group, reach: Reach, operations: readonly string[]): About => {
  const { spot, texts, heads } = group
  const signs = signsIn([...texts, ...heads])
  const beside = spot.kind === 'around' || spot.kind === 'top'
  return {
    startUp: spot.kind !== 'route' && signsIn(texts).includes('start-up'),
    everywhere: beside && signs.includes('every-request'),
    guards:
      spot.kind === 'unit'
        ? reach.guardedBy(file, spot).length > 0
        : beside && speaksOfGuards([...texts, ...heads]),
    identity: signs.includes('identity') || isAboutIdentity(file, spot.kind === 'route' ? operations : []),
    // What existed, and is used in a way that cannot be followed, may be run by any operation.
    lost: operations.length === 0 && !group.whollyNew && reach.files.has(file),
  }
}

const kindsOf = (about: About, asks: boolean, operations: readonly string[]): ChangeKind[] => {
  if (about.startUp) return ['start-up']
  const around: ChangeKind[] = [
    ...(about.guards ? (['access'] as const) : []),
    ...(about.everywhere ? (['every-request'] as const) : []),
    ...(about.identity ? (['identity'] as const) : []),
  ]
  const asked: ChangeKind[] = asks ? ['query'] : []
  // A guard or a hook decides who gets to an operation, not what it does there.
  if (about.guards || about.everywhere) return [...around, ...asked]
  const own: ChangeKind[] = about.lost ? ['read-route', 'write-route'] : operations.flatMap(kindsOfOperation)
  return [...new Set([...own, ...asked, ...around])]
}

const wordFor = ({ spot, asks }: Group, about: About): string => {
  if (about.startUp) return 'changed start-up code'
  if (about.guards) return 'changed guard'
  if (about.everywhere) return 'changed code of every request'
  if (asks) return 'changed query'
  if (spot.kind === 'route') return 'changed handler'
  return about.identity ? 'changed session code' : 'changed code'
}

const changeOf = (file: string, group: Group, reach: Reach, known: ReadonlySet<string>): Change => {
  const operations = reach.operationsOf(file, group.spot).filter((label) => known.has(label))
  const about = aboutOf(file, group, reach, operations)
  const [first] = group.lines
  return {
    change: wordFor(group, about),
    what: nameOf(file, group.spot),
    place: first === undefined ? null : { file, line: first },
    kinds: kindsOf(about, group.asks, operations),
    operations: about.startUp ? [] : operations,
    lines: group.lines.map((line) => ({ file, from: line, to: line })),
  }
}

/** No operation gets there: a script, a worker, or code that nobody uses yet. */
const besideOf = ({ file, added }: FileChange): Change => ({
  ...{ change: 'changed code beside the operations', what: file, kinds: [], operations: [], lines: [] },
  place: added[0] === undefined ? null : { file, line: added[0] },
})

type Context = { reach: Reach; sketches: Sketches; start: Start; known: ReadonlySet<string> }

/** What changed in one file of code; nothing where only comments and brackets did. */
export const changedCode = (change: FileChange, { reach, sketches, start, known }: Context): Change[] => {
  if (change.added.length === 0 && change.removed.length === 0) return []
  if (change.is !== 'gone' && !reach.files.has(change.file)) return [besideOf(change)]
  return (
    groupsOf(change, reach, sketches, start)
      // What was of an operation that is gone is told with it.
      .filter(({ spot }) => spot.kind !== 'route' || spot.labels.some((label) => known.has(label)))
      .map((group) => changeOf(change.file, group, reach, known))
  )
}
