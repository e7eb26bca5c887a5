import type { Lab, RequestOptions } from '../../lab/lab.ts'
import { speakAs } from '../../lab/load/load-request.ts'

/** Somebody who sends requests. */
export type Actor = { name: string; role: string | null; headers: Record<string, string> }

export type Cast = { a: Actor; b: Actor; anonymous: Actor; others: Actor[] }

/** Null where there are no two accounts with equal rights. */
export const castOf = ({ accounts, others = [] }: Pick<Lab, 'accounts' | 'others'>): Cast | null => {
  const [first, second] = accounts
  if (first === undefined || second === undefined) return null
  return {
    a: { name: 'A', role: 'user', headers: first.headers },
    b: { name: 'B', role: 'user', headers: second.headers },
    anonymous: { name: 'anonymous', role: null, headers: {} },
    others: others
      .filter(({ name }) => name !== 'A' && name !== 'B')
      .map(({ name, role, headers }) => ({ name, role, headers })),
  }
}

/** The request, which A is known to send, as somebody else sends it. */
export const asActor = (request: RequestOptions, { a }: Cast, actor: Actor): RequestOptions =>
  speakAs(request, a, actor)
