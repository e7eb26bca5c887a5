import type { Account, Lab, NewAccount, RequestOptions } from '../../lab/lab.ts'
import { speakAs } from '../../lab/load/load-request.ts'
import type { Exchange } from '../../model/evidence.ts'

/** Somebody who sends requests. */
export type Actor = {
  name: string
  role: string | null
  headers: Record<string, string>
  /** name -> value of what it was registered with; absent where that is not known */
  fields?: Readonly<Record<string, unknown>>
  /** what its registration answered; absent where it did not register */
  answer?: Exchange
  /** logs it in again */
  login?: RequestOptions
}

export type Cast = {
  /** whom the known requests speak as */
  speaker: Account
  a: Actor
  b: Actor
  anonymous: Actor
  others: Actor[]
}

const ANONYMOUS: Actor = { name: 'anonymous', role: null, headers: {} }

const actor = (name: string, { headers, fields, answer, login }: Account & Partial<NewAccount>): Actor => ({
  ...{ name, role: 'user', headers },
  ...(fields !== undefined && { fields }),
  ...(answer !== undefined && { answer }),
  ...(login != null && { login }),
})

/** One more account, to be given up; null where none can be made. */
export const newActor = async ({ newAccount }: Pick<Lab, 'newAccount'>): Promise<Actor | null> => {
  const made = (await newAccount?.()) ?? null
  return made === null ? null : actor('A', made)
}

const othersOf = ({ others = [] }: Pick<Lab, 'others'>): Actor[] =>
  others
    .filter(({ name }) => !['A', 'B', 'anonymous'].includes(name))
    .map(({ name, role, headers }) => ({ name, role, headers }))

/** The two accounts that every lab has; null where there are no two with equal rights. */
export const castOf = (lab: Pick<Lab, 'accounts' | 'others'>): Cast | null => {
  const [first, second] = lab.accounts
  if (first === undefined || second === undefined) return null
  return {
    ...{ speaker: first, a: actor('A', first), b: actor('B', second) },
    ...{ anonymous: ANONYMOUS, others: othersOf(lab) },
  }
}

/** Two accounts made for this, of which it is known what they were registered with; null where none can be made. */
export const newCast = async (lab: Pick<Lab, 'accounts' | 'others' | 'newAccount'>): Promise<Cast | null> => {
  const [first] = lab.accounts
  const a = (await lab.newAccount?.()) ?? null
  const b = a === null ? null : ((await lab.newAccount?.()) ?? null)
  if (first === undefined || a === null || b === null) return null
  return {
    ...{ speaker: first, a: actor('A', a), b: actor('B', b) },
    ...{ anonymous: ANONYMOUS, others: othersOf(lab) },
  }
}

/** The request, which the speaker is known to send, as somebody else sends it. */
export const asActor = (request: RequestOptions, { speaker }: Cast, { headers }: Actor): RequestOptions =>
  speakAs(request, speaker, { headers })
