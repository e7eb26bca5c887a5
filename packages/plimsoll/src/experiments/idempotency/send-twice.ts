import type { KnownRequest, RequestOptions } from '../../lab/lab.ts'
import { type Ground, putBack } from '../../lab/operations/ground.ts'
import { type Changes, learnMask, type Mask } from '../../lab/operations/mask.ts'
import { freeze, labelOf } from '../../lab/operations/operation.ts'
import type { ProfiledStatement } from '../../lab/operations/profile.ts'
import { otherBodies } from './another-body.ts'
import { countedOf, effectsOf } from './effects.ts'
import type { Doubled, Natural } from './seen.ts'
import { isGood, openRow, type Sent } from './send-step.ts'
import { DOUBLE_SUBMIT, soundsLikeMoney, subjectOf, type Wants } from './subjects.ts'

const MOST_OPERATIONS = 6

/** Columns that count changes or say when one was made: a repeat may move them. */
const BOOKKEEPING =
  /(?:^|_)(?:version|revision|rev|etag|lock|updated|modified|changed|touched|seen)(?:_|$)|Version$|UpdatedAt$/i

const bookkeepingIn = (changes: Changes): Mask =>
  new Set(
    Object.entries(changes).flatMap(([table, { added }]) =>
      Object.keys(added[0] ?? {})
        .filter((column) => BOOKKEEPING.test(column) || /updatedAt|modifiedAt/.test(column))
        .map((column) => `${table}.${column}`),
    ),
  )

const stepOf = (ground: Ground, { exchange, changes }: Sent, mask: Mask = new Set()) => ({
  exchange,
  effects: effectsOf(
    countedOf(ground, changes, { ignored: new Set(), mask: new Set([...bookkeepingIn(changes), ...mask]) }),
  ),
})

const firstWrite = (statements: readonly ProfiledStatement[]) =>
  statements.find(({ facts }) => facts.kind === 'write')

const writtenBy = (statements: readonly ProfiledStatement[]): string[] => [
  ...new Set(statements.flatMap(({ facts }) => facts.writes.map(({ table }) => table))),
]

const once = (known: readonly KnownRequest[]) =>
  known.filter((one, index) => known.findIndex((other) => labelOf(other) === labelOf(one)) === index)

type Pair = { first: Sent; second: Sent }

/** Counters jump by that much between the two runs from which chance is learnt. */
const SKIP = 41

const sendPair = async (ground: Ground, request: RequestOptions, skip: number): Promise<Pair | string> => {
  if (!(await putBack(ground, skip))) return 'the contents could not be put back'
  const row = openRow(ground)
  const first = await row.send(request)
  if (!isGood(first.exchange))
    return `sent alone, it answered ${first.exchange.status ?? first.exchange.error}`
  return { first, second: await row.send(request) }
}

const changesNothing = (ground: Ground, pair: Pair) =>
  [pair.first, pair.second].every((sent) => stepOf(ground, sent).effects.length === 0)

/** What is there already may be what the body says: then one value of it is changed. */
const findPair = async (ground: Ground, request: RequestOptions) => {
  const own = { pair: await sendPair(ground, request, 0), sent: request }
  const [other] = otherBodies(request)
  if (other === undefined || typeof own.pair === 'string' || !changesNothing(ground, own.pair)) return own
  const pair = await sendPair(ground, other, 0)
  return typeof pair === 'string' || changesNothing(ground, pair) ? own : { pair, sent: other }
}

/** New numbers for rows that are replaced, a new salt for the same password: chance, and no effect. */
const learnChance = async (ground: Ground, request: RequestOptions, one: Pair): Promise<Mask> => {
  const other = await sendPair(ground, request, SKIP)
  if (typeof other === 'string') return new Set()
  return new Set([
    ...learnMask([one.first.changes, other.first.changes]),
    ...learnMask([one.second.changes, other.second.changes]),
  ])
}

const repeatOne = async (ground: Ground, known: KnownRequest): Promise<Natural> => {
  const { label, request } = freeze(known, ground.lab.random)
  const seen: Natural = {
    ...{ route: label, method: request.method, reason: '' },
    ...{ first: null, second: null, writes: [], origin: null },
  }
  const { pair, sent } = await findPair(ground, request)
  if (typeof pair === 'string') return { ...seen, reason: pair }
  const plain = stepOf(ground, pair.second)
  const mask = plain.effects.length === 0 ? undefined : await learnChance(ground, sent, pair)
  const write = firstWrite(pair.second.statements)
  return {
    ...seen,
    first: stepOf(ground, pair.first),
    second: mask === undefined ? plain : stepOf(ground, pair.second, mask),
    writes: writtenBy(pair.second.statements),
    origin: write === undefined ? null : ground.lab.origin(write.sql, known.route),
  }
}

/** PUT and DELETE, which a client or a proxy may repeat without asking. */
export const repeatNatural = async (ground: Ground, wants: Wants): Promise<Natural[]> => {
  const found: Natural[] = []
  const chosen = once(ground.lab.known)
    .filter(({ request }) => request.method === 'PUT' || request.method === 'DELETE')
    .filter((known) => wants(subjectOf(labelOf(known), 'repeated')))
  for (const known of chosen.slice(0, MOST_OPERATIONS)) {
    if (ground.signal.aborted) break
    found.push(await repeatOne(ground, known))
  }
  return found
}

const doubleOne = async (ground: Ground, known: KnownRequest): Promise<Doubled | null> => {
  if (!(await putBack(ground))) return null
  const { label, request } = freeze(known, ground.lab.random)
  const row = openRow(ground)
  const first = await row.send(request)
  const effects = stepOf(ground, first)
  const isMoney = soundsLikeMoney(label) || effects.effects.some(({ table }) => soundsLikeMoney(table))
  if (!isMoney || !isGood(first.exchange) || effects.effects.length === 0) return null
  const second = await row.send(request)
  return { route: label, first: effects, second: stepOf(ground, second) }
}

const ACCOUNTS = /\/(?:log-?in|sign-?(?:in|up)|regist\w*|auth\w*|sessions?|tokens?|accounts?|users?)\/?$/i

/** POSTs without a key, on routes or tables that sound like money or goods. */
export const submitTwice = async (
  ground: Ground,
  keyed: ReadonlySet<string>,
  wants: Wants,
): Promise<Doubled[]> => {
  if (!wants(DOUBLE_SUBMIT)) return []
  const found: Doubled[] = []
  const chosen = once(ground.lab.known)
    .filter((known) => known.request.method === 'POST' && !keyed.has(labelOf(known)))
    .filter(({ route }) => !ACCOUNTS.test(route.path))
    .sort((a, b) => Number(soundsLikeMoney(b.route.path)) - Number(soundsLikeMoney(a.route.path)))
  for (const known of chosen.slice(0, MOST_OPERATIONS)) {
    if (ground.signal.aborted) break
    const one = await doubleOne(ground, known)
    if (one !== null) found.push(one)
  }
  return found
}
