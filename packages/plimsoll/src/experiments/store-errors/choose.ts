import type { Lab, Wire } from '../../lab/lab.ts'
import {
  effectOf,
  type Ground,
  learnWhole,
  openGround,
  putBack,
  type Whole,
} from '../../lab/operations/ground.ts'
import { type Changes, sameChanges } from '../../lab/operations/mask.ts'
import { operationsOf } from '../../lab/operations/operation.ts'
import { watchBackground } from '../../lab/operations/settle.ts'
import { label, storeReads } from '../../lab/traffic/choose.ts'
import { type Bench, BODY_CHARACTERS, type Subject } from './bench.ts'
import { findInOperation, findInRead } from './faults.ts'
import type { Hit, Seen } from './seen.ts'

const MOST_READS = 2
const MOST_WRITES = 4

/** More than once: a table has more new rows than one operation makes, and none has fewer. */
const compare = (whole: Changes, there: Changes): Hit['effect'] => {
  if (Object.keys(there).length === 0) return 'none'
  if (sameChanges(whole, there)) return 'whole'
  const rows = Object.entries(whole).map(([table, { added }]) => ({
    usual: added.length,
    there: there[table]?.added.length ?? 0,
  }))
  const isMore = rows.some((one) => one.there > one.usual) && rows.every((one) => one.there >= one.usual)
  return isMore ? 'more' : 'other'
}

const isHere = ({ status }: { status: number | null }) => status !== null && status < 400

/** Reads that reach the store now; what was kept in a cache meanwhile does not count. */
const chooseReads = async ({ lab, wire, background, signal }: Bench): Promise<Subject[]> => {
  const subjects: Subject[] = []
  for (const known of storeReads(lab, MOST_READS + 2)) {
    if (subjects.length === MOST_READS) break
    const since = wire.mark()
    const request = { ...known.request, bodyLimit: BODY_CHARACTERS, signal }
    const undisturbed = await lab.http.request(request)
    const statements = wire.since(since).filter(({ shape }) => !background.has(shape))
    const mark = findInRead(statements)
    if (!isHere(undisturbed) || mark === null) continue
    subjects.push({
      ...{ request, undisturbed, isWrite: false },
      route: label(known),
      whole: null,
      mark: () => mark,
    })
  }
  return subjects
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0)

/** Those with the most writes first: what is complicated is where an error is forgotten. */
const chooseWrites = async (ground: Ground, untried: Seen['untried']): Promise<Subject[]> => {
  const subjects: Subject[] = []
  const operations = operationsOf(ground.lab)
    .filter(({ known }) => sum(known.writes) > 0)
    .sort((a, b) => sum(b.known.writes) - sum(a.known.writes))
  for (const operation of operations) {
    if (subjects.length === MOST_WRITES || ground.signal.aborted) break
    const whole = await learnWhole(ground, operation)
    if (typeof whole === 'string') {
      untried.push({ route: operation.label, reason: whole })
      continue
    }
    subjects.push(subjectOf(operation.label, operation.request, whole))
  }
  return subjects
}

const subjectOf = (route: string, request: Subject['request'], whole: Whole): Subject => ({
  ...{ route, request, whole, isWrite: true },
  undisturbed: { ...whole.profile.exchange, body: whole.profile.exchange.body.slice(0, BODY_CHARACTERS) },
  mark: (at) => findInOperation(whole.profile.statements, at),
})

const revive = async ({ target }: Lab): Promise<boolean> => {
  if (target.exit() === null) return true
  await target.restart()
  return (await target.ready(30_000)).ready
}

const effectWith =
  (ground: Ground): Bench['effect'] =>
  async ({ whole }) =>
    whole === null
      ? null
      : compare(whole.effect, effectOf(ground, await ground.controlled.checkpoint.changes(), whole.mask))

export type Chosen = {
  bench: Bench
  reads: Subject[]
  writes: Subject[]
  untried: Seen['untried']
  close(): Promise<void>
}

/** What can be disturbed here: reads always, writes where the contents can be put back. */
export const choose = async (lab: Lab, wire: Wire, signal: AbortSignal): Promise<Chosen> => {
  const opened = await openGround(lab, signal)
  const untried: Seen['untried'] = []
  if ('reason' in opened) {
    const background = await watchBackground(lab, wire)
    const bench: Bench = {
      ...{ lab, wire, background, signal, reset: () => revive(lab) },
      effect: () => Promise.resolve(null),
    }
    untried.push({ route: 'writes', reason: opened.reason })
    return { bench, reads: await chooseReads(bench), writes: [], untried, close: () => Promise.resolve() }
  }
  const { ground } = opened
  const bench: Bench = {
    ...{ lab, wire, background: ground.background, signal },
    reset: () => putBack(ground),
    effect: effectWith(ground),
  }
  return {
    ...{ bench, untried },
    reads: await chooseReads(bench),
    writes: await chooseWrites(ground, untried),
    close: () => ground.controlled.checkpoint.close(),
  }
}
