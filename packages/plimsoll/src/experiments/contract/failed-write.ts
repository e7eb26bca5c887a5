import { isWrite } from '../../base/sql/verb.ts'
import type { RequestOptions } from '../../lab/lab.ts'
import { isSideTable } from '../../lab/operations/side-table.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Base } from './base.ts'
import { isFailure } from './examine.ts'
import type { Operation } from './operations.ts'
import { type Answer, shownExchange } from './send.ts'
import { anomalyOf, type Trial } from './trial.ts'
import type { Variation } from './vary.ts'

/** What was refused, and whether a store saw a write for it all the same. */
export type Refused = { variation: Variation; wrote: boolean }

const MOST_TOGETHER = 10
const MOST_ALONE = 4

const BESIDE =
  /(^|[._])(outbox|queue|jobs?|idempotency\w*|rate\w*|cache|events?|messages?_?log|revisions?|versions?)$/i

/** Written beside an operation on purpose: what was attempted, counted or kept for later. */
const isBeside = (table: string) => isSideTable(table) || BESIDE.test(table)

export const wroteSomething = ({ statements }: Answer): boolean => statements.some(({ sql }) => isWrite(sql))

type State = {
  /** table or read -> what it holds; two looks with the same text saw the same */
  holds: ReadonlyMap<string, string>
  /** the read, where one was made */
  read: Exchange | null
}

type Look = () => Promise<State | null>

/** What stands in the stores, tables apart that are written beside everything. */
const stores =
  ({ lab }: Trial): Look =>
  async () => {
    const holds = new Map<string, string>()
    for (const store of lab.stores) {
      const digest = await store.digest().catch(() => null)
      if (digest === null) return null
      for (const [table, hash] of Object.entries(digest.hashes))
        if (!isBeside(table)) holds.set(table, `${digest.counts[table]} ${hash}`)
    }
    return { holds, read: null }
  }

/** What a read of the same thing shows. */
const reading =
  ({ sender }: Trial, request: RequestOptions): Look =>
  async () => {
    const answer = await sender.send(request)
    if (answer === null || !isSuccess(answer.exchange)) return null
    return { holds: new Map([[`GET ${request.path}`, answer.exchange.body]]), read: answer.exchange }
  }

const changedBetween = (before: State, after: State): string[] =>
  [...after.holds].flatMap(([name, value]) => (before.holds.get(name) === value ? [] : [name]))

/** Where anything that a read does not cause would show; null where nothing can be looked at. */
const lookFor = async (
  trial: Trial,
  operation: Operation,
  base: Base,
): Promise<{ look: Look; ambient: Set<string> } | null> => {
  const { path } = operation.described
  const twin = trial.operations.find(({ described }) => described.method === 'GET' && described.path === path)
  const { headers } = base.request
  const read = {
    method: 'GET',
    path: base.request.path.split('?')[0] ?? '',
    ...(headers !== undefined && { headers }),
  }
  const inStores = trial.lab.stores.length > 0
  if (!inStores && (twin === undefined || !['PUT', 'PATCH'].includes(operation.described.method))) return null
  const look = inStores ? stores(trial) : reading(trial, read)
  const first = await look()
  const known = trial.lab.known.find(
    ({ request }) => request.method === 'GET' && request.headers !== undefined,
  )
  if (known !== undefined) await trial.sender.send(known.request)
  const second = await look()
  if (first === null || second === null) return null
  return { look, ambient: new Set(changedBetween(first, second)) }
}

const isStillRefused = ({ exchange: { status } }: Answer) =>
  status === 400 || status === 422 || isFailure(status)

/** Sends one refused request between two looks; the tables or reads that changed. */
const changesOf = async (trial: Trial, look: Look, ambient: ReadonlySet<string>, variation: Variation) => {
  const before = await look()
  const answer = await trial.sender.send(variation.request)
  const after = before === null || answer === null ? null : await look()
  if (before === null || answer === null || after === null || !isStillRefused(answer)) return null
  const changed = changedBetween(before, after).filter((name) => !ambient.has(name))
  return { changed, answer, before, after }
}

const report = (
  trial: Trial,
  operation: Operation,
  variation: Variation,
  found: NonNullable<Awaited<ReturnType<typeof changesOf>>>,
) => {
  const { changed, answer, before, after } = found
  const reads = [
    { title: 'A read before it', exchange: before.read },
    { title: 'A read after it', exchange: after.read },
  ].flatMap(({ title, exchange }) =>
    exchange === null ? [] : [{ title, exchange: shownExchange(exchange) }],
  )
  const write = answer.statements.find(({ sql }) => isWrite(sql)) ?? null
  const source =
    write === null || operation.route === null ? null : trial.lab.origin(write.sql, operation.route)
  trial.notes.add(
    anomalyOf({
      check: 'failed-write',
      operation: operation.label,
      problem: `answered ${answer.exchange.status}, and ${changed.join(', ')} changed`,
      input: variation.input,
      exchanges: [
        { title: 'The request that was refused', exchange: shownExchange(answer.exchange) },
        ...reads,
      ],
      ...(write !== null && { statement: write }),
      ...(source !== null && { source, places: [source.place] }),
    }),
  )
}

/** Sends what was refused once more, and looks whether anything changed. */
export const lookForLeftovers = async (
  trial: Trial,
  operation: Operation,
  base: Base,
  refused: readonly Refused[],
): Promise<void> => {
  const isSeen = trial.lab.stores.some(({ wire }) => wire !== null)
  const suspects = refused.filter(({ wrote }) => wrote || !isSeen).slice(0, MOST_TOGETHER)
  if (refused.length > 0 && suspects.length === 0) {
    trial.notes.looked(operation.label, 'failed-write', refused.length)
    return
  }
  const place = suspects.length === 0 ? null : await lookFor(trial, operation, base)
  if (place === null) return
  const { look, ambient } = place
  const before = await look()
  for (const { variation } of suspects) await trial.sender.send(variation.request)
  const after = await look()
  if (before === null || after === null) return
  trial.notes.looked(operation.label, 'failed-write', refused.length)
  if (changedBetween(before, after).every((name) => ambient.has(name))) return
  let reported = 0
  for (const { variation } of suspects) {
    if (reported >= MOST_ALONE) return
    const found = await changesOf(trial, look, ambient, variation)
    if (found === null || found.changed.length === 0) continue
    report(trial, operation, variation, found)
    reported += 1
  }
}
