import type { KnownRequest } from '../../lab/lab.ts'
import type { Ground } from '../../lab/operations/ground.ts'
import { freeze, labelOf } from '../../lab/operations/operation.ts'
import { learnReferences, type References, stepOf, useAgain } from './keyed-row.ts'
import { loseReplies } from './lose-reply.ts'
import type { Key, Keyed } from './seen.ts'
import { sendTogether } from './send-together.ts'
import { ASPECTS, type Aspect, subjectOf, type Wants } from './subjects.ts'
import { isTaken } from './taken.ts'
import type { KeyedOperation } from './use-key.ts'

const nothing = (route: string, key: Key, reason: string): Keyed => ({
  ...{ route, key, reason },
  ...{ once: null, replay: null, fresh: null, onWire: false, together: [], retried: [] },
  ...{ otherBody: null, otherAccount: null, origin: null },
})

const originOf = (
  { lab }: Ground,
  { known }: KeyedOperation,
  { alone, once }: References,
): Keyed['origin'] => {
  const effect = alone.statements.find(({ facts }) => facts.writes.some(({ table }) => table in once))
  return effect === undefined ? null : lab.origin(effect.sql, known.route)
}

/** The value that was sent as the key stood in a parameter of a statement, alone or after a scope: `17:<key>`. */
const wasOnWire = ({ alone }: References, key: string) =>
  key !== '' &&
  alone.statements.some(({ sql, parameters }) =>
    [sql, ...parameters].some((text) => text === key || text?.endsWith(`:${key}`) === true),
  )

const keySent = ({ alone }: References, { key }: KeyedOperation): string =>
  Object.entries(alone.exchange.requestHeaders).find(
    ([name]) => name.toLowerCase() === key.name.toLowerCase(),
  )?.[1] ?? ''

const KEYED_ASPECTS = (Object.keys(ASPECTS) as Aspect[]).filter((aspect) => aspect !== 'repeated')

const tryOne = async (ground: Ground, operation: KeyedOperation, wants: Wants): Promise<Keyed> => {
  const { label, key } = operation
  const references = await learnReferences(ground, operation)
  if (typeof references === 'string') return nothing(label, key, references)
  const again = await useAgain(ground, operation, references, wants)
  if (again === null) return nothing(label, key, 'the contents could not be put back')
  const keyed: Keyed = {
    ...nothing(label, key, ''),
    ...again,
    fresh: stepOf(ground, references.fresh, references.lens),
    onWire: wasOnWire(references, keySent(references, operation)),
    origin: originOf(ground, operation, references),
  }
  if (!isTaken(keyed)) return keyed
  if (wants(subjectOf(label, 'together'))) keyed.together = await sendTogether(ground, operation, references)
  if (wants(subjectOf(label, 'retry'))) keyed.retried = await loseReplies(ground, operation, references)
  return keyed
}

const MOST_OPERATIONS = 4

export type Candidate = { known: KnownRequest; key: Key }

/** Every operation that takes a key, or may do so, with its key used in all the ways a client may use it. */
export const tryKeyed = async (
  ground: Ground,
  candidates: readonly Candidate[],
  wants: Wants,
): Promise<Keyed[]> => {
  const found: Keyed[] = []
  const chosen = candidates
    .filter(({ known }) => KEYED_ASPECTS.some((aspect) => wants(subjectOf(labelOf(known), aspect))))
    .sort((a, b) => Number(b.key.sure) - Number(a.key.sure))
  for (const { known, key } of chosen.slice(0, MOST_OPERATIONS)) {
    if (ground.signal.aborted) break
    const { label, request } = freeze(known, ground.lab.random)
    found.push(await tryOne(ground, { known, label, request, key }, wants))
  }
  return found
}
