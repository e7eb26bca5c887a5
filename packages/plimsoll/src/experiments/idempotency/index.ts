import type { Lab } from '../../lab/lab.ts'
import { type Ground, openGround } from '../../lab/operations/ground.ts'
import { labelOf } from '../../lab/operations/operation.ts'
import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'
import { Seen } from './seen.ts'
import { repeatNatural, submitTwice } from './send-twice.ts'
import { type Wants, wantsOf } from './subjects.ts'
import { isTaken } from './taken.ts'
import { type Candidate, tryKeyed } from './try-keyed.ts'

/** A table that keeps keys tells that some operation takes one, where the source does not say which. */
const keyTable = async ({ database }: { database: NonNullable<Lab['store']>['database'] }) => {
  const digest = await database.digest()
  return Object.keys(digest?.counts ?? {}).find((table) => /idempot/i.test(table)) ?? null
}

const candidatesIn = async ({ lab }: Ground): Promise<Candidate[]> => {
  const named = lab.known.flatMap((known): Candidate[] =>
    known.idempotencyKey === undefined ? [] : [{ known, key: known.idempotencyKey }],
  )
  const table = named.length > 0 || lab.store === null ? null : await keyTable(lab.store)
  const guessed = lab.known
    .filter(({ request }) => table !== null && request.method === 'POST')
    .map((known) => ({
      known,
      key: { in: 'header' as const, name: 'Idempotency-Key', sure: false, from: `table ${table}` },
    }))
  return [...named, ...guessed].filter(
    ({ known }, index, all) => all.findIndex((one) => labelOf(one.known) === labelOf(known)) === index,
  )
}

const tryAll = async (ground: Ground, wants: Wants): Promise<Pick<Seen, 'keyed' | 'natural' | 'doubled'>> => {
  const candidates = await candidatesIn(ground)
  const keyed = await tryKeyed(ground, candidates, wants)
  const taking = new Set([
    ...candidates.filter(({ key }) => key.sure).map(({ known }) => labelOf(known)),
    ...keyed.filter(isTaken).map(({ route }) => route),
  ])
  return {
    keyed,
    natural: await repeatNatural(ground, wants),
    doubled: await submitTwice(ground, taking, wants),
  }
}

const MAY_REPEAT = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** **Contract:** every row of requests starts from the same contents; the last ones are left as they are. */
export default defineExperiment<Seen>({
  id: 'idempotency',
  title: 'has one effect however often a request is repeated',
  standard: 'integrity.idempotency',
  needs: ['http', 'wire'],
  answersFor: ['write-route'],
  effect: 'faults',
  cost: { seconds: 10 },
  observes: Seen,
  async run(lab, { signal, focus }) {
    const seen: Seen = { store: lab.store?.id ?? '', reason: '', keyed: [], natural: [], doubled: [] }
    if (!lab.known.some(({ request }) => MAY_REPEAT.has(request.method))) return seen
    const opened = await openGround(lab, signal)
    if ('reason' in opened) return { ...seen, reason: opened.reason }
    const { ground } = opened
    try {
      return { ...seen, ...(await tryAll(ground, wantsOf(focus))) }
    } finally {
      await ground.controlled.checkpoint.close()
    }
  },
  judge,
})
