import type { Lab } from '../../lab/lab.ts'
import { type Candidate, chooseOperations } from '../../lab/load/choose-operations.ts'
import { defineExperiment } from '../define.ts'
import { LARGEST, openFilling, sizesUpTo } from './fill.ts'
import { findCause } from './find-cause.ts'
import { judge } from './judge.ts'
import { type Asked, measure, type Store } from './measure.ts'
import { type Operation, Seen } from './seen.ts'

/** For asking at one size, so that three sizes and filling end within half a minute. */
const MEASURE_MS = 2_500
/** For seeing which statements an operation has. */
const LOOK_MS = 200
const MOST_OPERATIONS = 20
/** A write that takes longer makes the whole too long. */
const CHEAP_WRITE_MS = 50

/** Requests that reach this store, reads first. */
const chooseCandidates = (lab: Lab, store: Store, focus: readonly string[] | undefined): Candidate[] =>
  chooseOperations({ ...lab, named: null })
    .candidates.filter(({ known }) => (known.statements[store.id] ?? 0) > 0)
    .filter(({ name }) => focus === undefined || focus.includes(name))
    .sort((a, b) => Number(a.effect === 'writes') - Number(b.effect === 'writes'))
    .slice(0, MOST_OPERATIONS)

const tablesOf = (store: Store, { examples }: Pick<Asked, 'examples'>): string[] =>
  [...examples.values()].flatMap(({ sql }) => {
    const facts = store.facts?.(sql)
    return [...(facts?.reads ?? []), ...(facts?.writes ?? [])].map(({ table }) => table)
  })

/** Rows of the fullest table that its statements touch; of all tables where that cannot be said. */
const rowsBehind = (store: Store, asked: Asked, tables: ReadonlyMap<string, number>): number => {
  const known = tablesOf(store, asked)
    .map((table) => tables.get(table) ?? 0)
    .filter((rows) => rows > 0)
  return Math.max(...(known.length > 0 ? known : [...tables.values()]), 0)
}

/** To see few operations again, only what they read needs to grow; undefined where that cannot be said. */
const tablesAgain = async (
  lab: Lab,
  store: Store,
  candidates: readonly Candidate[],
  { signal, focus }: { signal: AbortSignal; focus?: readonly string[] },
): Promise<string[] | undefined> => {
  if (focus === undefined) return undefined
  const { asked } = await measure(lab, store, candidates, { limitMs: LOOK_MS, signal })
  const tables = candidates.map(({ name }) => tablesOf(store, asked.get(name) ?? { examples: new Map() }))
  return tables.some(({ length }) => length === 0) ? undefined : [...new Set(tables.flat())]
}

/** What is dear, or answers otherwise when it is repeated, is not asked again. */
const keep = (candidates: readonly Candidate[], asked: ReadonlyMap<string, Asked>) => {
  const left: string[] = []
  const kept = candidates.filter(({ name, effect }) => {
    const { ms = [], failed = null } = asked.get(name) ?? {}
    const isDear = effect === 'writes' && ms.every((one) => one > CHEAP_WRITE_MS)
    if (failed !== null) left.push(`${name}: it answered ${failed} when it was repeated`)
    else if (isDear) left.push(`${name}: it writes, and takes long`)
    return failed === null && !isDear
  })
  return { kept, left }
}

/** **Contract:** one request at a time, so that every statement between two marks belongs to it. */
export default defineExperiment<Seen>({
  id: 'growth',
  title: 'operations take as long with a hundred times the rows',
  standard: 'performance.queries',
  needs: ['read-request'],
  answersFor: ['read-route', 'query', 'migration'],
  effect: 'writes',
  cost: { seconds: 20 },
  quiet: true,
  observes: Seen,
  async run(lab, context) {
    const { signal, focus } = context
    const store = lab.store
    const grow = store?.database.grow
    const seen: Seen = { store: store?.id ?? '', unable: null, sizes: [], operations: [], limits: [] }
    if (store === null || grow === undefined) {
      const [first] = lab.stores
      return { ...seen, store: first?.id ?? '', unable: 'its tables cannot be filled' }
    }
    let candidates = chooseCandidates(lab, store, focus)
    const filling = openFilling(lab, grow, await tablesAgain(lab, store, candidates, context))
    const operations = new Map<string, Operation>()
    const last = new Map<string, Asked>()
    for (const wanted of sizesUpTo(lab.wishes.rows ?? LARGEST)) {
      const filled = signal.aborted ? null : await filling.fillTo(wanted, signal)
      if (filled === null) break
      const { asked, controlMs } = await measure(lab, store, candidates, { limitMs: MEASURE_MS, signal })
      if (seen.sizes.length === 0) {
        const { kept, left } = keep(candidates, asked)
        candidates = kept
        seen.limits.push(...left)
      }
      seen.sizes.push({ rows: filled.rows, filledMs: filled.tookMs, controlMs })
      for (const { name } of candidates) {
        const one = asked.get(name)
        if (one === undefined || (one.ms.length === 0 && one.failed === null)) continue
        const operation = operations.get(name) ?? { name, sizes: [], cause: null }
        const { examples: _, ...atSize } = one
        operation.sizes.push({ rows: rowsBehind(store, one, filling.tables), ...atSize })
        operations.set(name, operation)
        last.set(name, one)
      }
    }
    for (const candidate of candidates) {
      const operation = operations.get(candidate.name)
      const asked = last.get(candidate.name)
      if (operation === undefined || asked === undefined || signal.aborted) continue
      operation.cause = await findCause(lab, store, candidate, operation.sizes, asked)
    }
    return {
      ...seen,
      operations: [...operations.values()],
      limits: [...seen.limits, ...filling.limits()],
    }
  },
  judge,
})
