import type { RequestOptions } from '../../lab/lab.ts'
import { type Ground, putBack } from '../../lab/operations/ground.ts'
import { type Changes, learnMask } from '../../lab/operations/mask.ts'
import { otherBodies } from './another-body.ts'
import { countedOf, effectsOf, isBeside, type Lens, tablesWith } from './effects.ts'
import type { Keyed, Step } from './seen.ts'
import { isGood, isRefused, openRow, type RowOfRequests, type Sent } from './send-step.ts'
import { subjectOf, type Wants } from './subjects.ts'
import { carrying, fromAnother, type KeyedOperation, newKey } from './use-key.ts'

/** Counters jump by that much between the two runs from which chance is learnt. */
const SKIP = 41
const MOST_BODIES = 3

/** What one request with a key does, and what two with a key each do. */
export type References = { once: Changes; twice: Changes; lens: Lens; alone: Sent; fresh: Sent }

type Run = { key: string; alone: Sent; fresh: Sent }

const runTwice = async (ground: Ground, operation: KeyedOperation, skip: number): Promise<Run | string> => {
  if (!(await putBack(ground, skip))) return 'the contents could not be put back'
  const row = openRow(ground)
  const key = newKey(ground)
  const alone = await row.send(carrying(operation, key))
  if (!isGood(alone.exchange))
    return `sent alone, it answered ${alone.exchange.status ?? alone.exchange.error}`
  return { key, alone, fresh: await row.send(carrying(operation, newKey(ground))) }
}

/** Tables that a refused request writes to all the same: counters, journals under other names. */
const ambientOf = async (ground: Ground, operation: KeyedOperation): Promise<string[]> => {
  if (!(await putBack(ground))) return []
  const broken = { ...operation.request, body: {} }
  const { exchange, changes } = await openRow(ground).send(
    carrying({ ...operation, request: broken }, newKey(ground)),
  )
  return isRefused(exchange) ? Object.keys(changes) : []
}

/** Rows that hold the key are its record, unless nothing else is there to tell an effect by. */
const recordsOf = (changes: Changes, key: string, ignored: ReadonlySet<string>): string[] => {
  const records = tablesWith(changes, key)
  const others = Object.keys(changes).filter(
    (table) => !isBeside(table) && !ignored.has(table) && !records.includes(table),
  )
  return others.length > 0 ? records : []
}

export const learnReferences = async (
  ground: Ground,
  operation: KeyedOperation,
): Promise<References | string> => {
  const ambient = new Set(await ambientOf(ground, operation))
  const first = await runTwice(ground, operation, 0)
  if (typeof first === 'string') return first
  const second = await runTwice(ground, operation, SKIP)
  if (typeof second === 'string') return second
  const mask = learnMask([first.alone.total, second.alone.total])
  for (const column of learnMask([first.fresh.total, second.fresh.total])) mask.add(column)
  const ignored = new Set([...ambient, ...recordsOf(first.alone.total, first.key, ambient)])
  const lens = { ignored, mask }
  const once = countedOf(ground, first.alone.total, lens)
  if (Object.keys(once).length === 0) return 'it leaves nothing in the store that could be counted'
  return {
    once,
    twice: countedOf(ground, first.fresh.total, lens),
    lens,
    alone: first.alone,
    fresh: first.fresh,
  }
}

export const stepOf = (ground: Ground, { exchange, changes }: Sent, lens: Lens): Step => ({
  exchange,
  effects: effectsOf(countedOf(ground, changes, lens)),
})

type Pair = { step: Step; fresh: Step }

const tryOtherBody = async (
  ground: Ground,
  operation: KeyedOperation,
  { row, key, lens }: { row: RowOfRequests; key: string; lens: Lens },
): Promise<Pair | null> => {
  for (const request of otherBodies(operation.request).slice(0, MOST_BODIES)) {
    const other = { ...operation, request }
    const step = await row.send(carrying(other, key))
    const fresh = await row.send(carrying(other, newKey(ground)))
    if (isGood(fresh.exchange))
      return { step: stepOf(ground, step, lens), fresh: stepOf(ground, fresh, lens) }
  }
  return null
}

const tryOtherAccount = async (
  ground: Ground,
  operation: KeyedOperation,
  request: RequestOptions,
  { row, key, lens }: { row: RowOfRequests; key: string; lens: Lens },
): Promise<Pair> => {
  const theirs = { ...operation, request }
  const step = await row.send(carrying(theirs, key))
  const fresh = await row.send(carrying(theirs, newKey(ground)))
  return { step: stepOf(ground, step, lens), fresh: stepOf(ground, fresh, lens) }
}

/** One key used again and again, on the same contents: by the same client, for another body, by another account. */
export const useAgain = async (
  ground: Ground,
  operation: KeyedOperation,
  { lens }: References,
  wants: Wants,
): Promise<Pick<Keyed, 'once' | 'replay' | 'otherBody' | 'otherAccount'> | null> => {
  if (!(await putBack(ground))) return null
  const row = openRow(ground)
  const key = newKey(ground)
  const used = { row, key, lens }
  const once = await row.send(carrying(operation, key))
  const replay = await row.send(carrying(operation, key))
  const { label } = operation
  const another = fromAnother(operation.request, ground.lab.accounts)
  const asksAccount = wants(subjectOf(label, 'otherAccount'))
  return {
    once: stepOf(ground, once, lens),
    replay: stepOf(ground, replay, lens),
    otherAccount:
      another === null || !asksAccount ? null : await tryOtherAccount(ground, operation, another, used),
    otherBody: wants(subjectOf(label, 'otherBody')) ? await tryOtherBody(ground, operation, used) : null,
  }
}
