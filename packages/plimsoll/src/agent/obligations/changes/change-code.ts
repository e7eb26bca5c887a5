import type { ChangeKind } from '../../../model/change.ts'
import { findSpot, type Spot } from '../reach/find-spot.ts'
import type { Reach } from '../reach/open-reach.ts'
import type { Sketches } from '../reach/open-sketches.ts'
import { routeSpans, routesOf } from '../reach/route-spans.ts'
import { contains } from '../reach/sketch.ts'
import { asksStore, isStatement } from '../reach/statement.ts'
import type { FileChange } from '../trees/file-changes.ts'
import type { Start } from '../trees/start.ts'
import type { Change } from './change.ts'
import { kindsOfOperation } from './change-routes.ts'
import { isAboutIdentity, signsIn } from './signs.ts'

/** Changed lines that belong together: of one operation, or of one named thing. */
type Group = {
  spot: Spot
  /** lines as they are now */
  lines: number[]
  texts: string[]
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

/** Groups the changed lines of a file, those that are gone by what they belonged to. */
const groupsOf = (change: FileChange, reach: Reach, sketches: Sketches, start: Start): Group[] => {
  const groups = new Map<string, Group>()
  const put = (spot: Spot | null, line: number | null, text: string, inStatement: boolean) => {
    if (spot === null) return
    const key = keyOf(spot)
    const group = groups.get(key) ?? { spot, lines: [], texts: [], asks: false, whollyNew: isNew(spot) }
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
    put(spotAt(line), line, textAt(after, line), inStatement)
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

const wordFor = (group: Group, guards: boolean, kinds: readonly ChangeKind[]): string => {
  if (kinds.includes('start-up')) return 'changed start-up code'
  if (guards) return 'changed guard'
  if (group.asks) return 'changed query'
  if (kinds.includes('every-request')) return 'changed code of every request'
  if (group.spot.kind === 'route') return 'changed handler'
  return kinds.includes('identity') ? 'changed session code' : 'changed code'
}

const changeOf = (file: string, group: Group, reach: Reach, known: ReadonlySet<string>): Change => {
  const { spot } = group
  const signs = signsIn(group.texts)
  const startUp = signs.includes('start-up') && spot.kind !== 'route'
  const everywhere = signs.includes('every-request') && (spot.kind === 'around' || spot.kind === 'top')
  const operations = startUp ? [] : reach.operationsOf(file, spot).filter((label) => known.has(label))
  const guards = spot.kind === 'unit' && reach.guardedBy(file, spot).length > 0
  const identity =
    signs.includes('identity') || isAboutIdentity(file, spot.kind === 'route' ? operations : [])
  // What existed, and is used in a way that cannot be followed, may be run by any operation.
  const lost = operations.length === 0 && !group.whollyNew && reach.files.has(file)
  const kinds: ChangeKind[] = startUp
    ? ['start-up']
    : [
        ...new Set([
          ...(lost ? (['read-route', 'write-route'] as const) : operations.flatMap(kindsOfOperation)),
          ...(group.asks ? (['query'] as const) : []),
          ...(guards ? (['access'] as const) : []),
          ...(everywhere ? (['every-request'] as const) : []),
          ...(identity ? (['identity'] as const) : []),
        ]),
      ]
  const [first] = group.lines
  return {
    change: wordFor(group, guards, kinds),
    what: nameOf(file, spot),
    place: first === undefined ? null : { file, line: first },
    kinds,
    operations,
    whole: startUp || everywhere,
    lines: group.lines.map((line) => ({ file, from: line, to: line })),
  }
}

/** What changed in one file of code. */
export const changedCode = (
  change: FileChange,
  context: { reach: Reach; sketches: Sketches; start: Start; known: ReadonlySet<string> },
): Change[] =>
  groupsOf(change, context.reach, context.sketches, context.start).map((group) =>
    changeOf(change.file, group, context.reach, context.known),
  )
