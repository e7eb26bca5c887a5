import type { Lab } from '../../lab/lab.ts'
import { revive } from '../../lab/speak/revive.ts'
import { defineExperiment } from '../define.ts'
import { cut } from './answers.ts'
import { compareAccounts } from './compare-accounts.ts'
import { tryLogout, tryPasswordChange } from './end-sessions.ts'
import { tryFixation } from './fix-session.ts'
import { type Gate, openGate } from './gate.ts'
import { guessPasswords } from './guess-passwords.ts'
import { judge } from './judge.ts'
import { type Part, wantedParts } from './parts.ts'
import { meetPerson, type Person } from './person.ts'
import { repeatRecovery } from './repeat-recovery.ts'
import { searchPasswords } from './search-passwords.ts'
import { Seen } from './seen.ts'
import { tryCookies } from './try-cookies.ts'
import { tryOpenings } from './try-openings.ts'
import { tryTokens } from './try-tokens.ts'

export { Seen }

type Context = { signal: AbortSignal; focus?: readonly string[] }

const reasonFor = (lab: Lab, gate: Gate | null): string => {
  if (lab.accounts.length === 0) return 'no account could be made or logged in'
  return gate === null ? 'no read was found that lets a session in and refuses who has none' : ''
}

const nothing = (reason: string): Seen => ({
  ...{ reason, carrier: '', gate: null, token: null, cookies: null, logout: null, passwordChange: null },
  ...{
    fixation: null,
    enumeration: [],
    throttle: null,
    recoveries: [],
    exposures: [],
    searched: 0,
    openings: [],
    guarded: 0,
  },
})

/** What needs an operation that tells a session from none. */
const tryGate = async (
  lab: Lab,
  gate: Gate,
  person: Person,
  wants: (part: Part) => boolean,
  { signal }: Context,
): Promise<Pick<Seen, 'token' | 'cookies' | 'logout' | 'passwordChange' | 'fixation'>> => {
  const other = wants('token') || wants('cookie') ? await meetPerson(lab) : null
  const pair = [person, other?.own === true ? other : (lab.accounts[1] ?? null)] as const
  return {
    token: wants('token') ? await tryTokens(lab, gate, pair, signal) : null,
    cookies: wants('cookie')
      ? await tryCookies(gate, pair, lab, JSON.stringify(other?.registered?.body ?? ''))
      : null,
    fixation: wants('fixation') && !signal.aborted ? await tryFixation(lab, gate) : null,
    logout: wants('logout') && !signal.aborted ? await tryLogout(lab, gate) : null,
    passwordChange: wants('passwordChange') && !signal.aborted ? await tryPasswordChange(lab, gate) : null,
  }
}

/**
 * **Contract:** every forged credential is asked where the true one opens and none or a garbled one does not; accounts
 * that may be locked out are made for it.
 */
export default defineExperiment<Seen>({
  id: 'authentication',
  title: 'lets nobody in without true credentials, and nobody stay in without a session',
  standard: 'security.authentication',
  also: ['security.limits'],
  needs: ['http'],
  answersFor: ['identity', 'access'],
  effect: 'writes',
  cost: { seconds: 15 },
  observes: Seen,
  async run(lab, context) {
    const { signal, focus } = context
    const parts = wantedParts(focus)
    const wants = (part: Part) => parts.has(part)
    const [account] = lab.accounts
    const person = await meetPerson(lab)
    if (account === undefined || person === null) return nothing(reasonFor(lab, null))
    const gate = await openGate(lab, account, person, signal)
    const seen = { ...nothing(reasonFor(lab, gate)), carrier: lab.entry?.carrier ?? '' }
    /** What the part before asked may have ended the process. */
    const keepUp = async () => {
      if (lab.target.exit() !== null && !signal.aborted) await revive(lab)
    }
    if (wants('opening')) Object.assign(seen, await tryOpenings({ lab, account, signal }, focus))
    await keepUp()
    if (wants('exposure')) Object.assign(seen, await searchPasswords(lab, person, signal))
    if (gate !== null) {
      const { operation, good, none, garbage } = gate
      seen.gate = { operation, good: cut(good), none: cut(none), garbage: cut(garbage) }
      Object.assign(seen, await tryGate(lab, gate, person, wants, context))
    }
    await keepUp()
    if (wants('enumeration') && !signal.aborted) seen.enumeration = await compareAccounts(lab)
    if (wants('throttle') && !signal.aborted) {
      seen.throttle = await guessPasswords(lab, gate, signal)
      seen.recoveries = await repeatRecovery(lab, signal)
    }
    return seen
  },
  judge,
})
