import type { KnownRequest } from '../../lab/lab.ts'
import { labelOf } from '../../lab/operations/operation.ts'
import { revive } from '../../lab/speak/revive.ts'
import { loginRoutes } from '../../lab/speak/session.ts'
import { defineExperiment } from '../define.ts'
import { type Bench, openBench } from './bench.ts'
import { isThing } from './body.ts'
import { documentedOf } from './documented.ts'
import { judge } from './judge.ts'
import { Seen } from './seen.ts'
import { subjectOf } from './subject.ts'
import type { Operation } from './trial.ts'
import { tryOperation } from './try-operation.ts'

const METHODS = ['POST', 'PATCH', 'PUT']
const MOST_OPERATIONS = 40
const ACCOUNTS =
  /(^|\/)(me|profile|account|users?|accounts|members?|customers?|settings|register|registration|sign-?up)(\/:\w+)?\/?$/i
const APART = /pass|reset|forgot|log-?out|sign-?out|refresh|token|verify/i

const isWrite = ({ request, route }: KnownRequest) =>
  METHODS.includes(request.method) && isThing(request.body) && !APART.test(route.path)

const chosen = ({ lab, registrar }: Bench): KnownRequest[] => {
  const logins = new Set(loginRoutes(lab.service.routes).map(({ path }) => path))
  const login = lab.entry?.login?.route.path
  const first = registrar === null ? [] : [registrar.known]
  const seen = new Set<string>()
  return [...first, ...lab.known]
    .filter((known) => isWrite(known) || known === registrar?.known)
    .filter(({ route }) => route.path !== login && !logins.has(route.path))
    .filter((known) => !seen.has(labelOf(known)) && seen.add(labelOf(known)))
    .sort((a, b) => METHODS.indexOf(a.request.method) - METHODS.indexOf(b.request.method))
}

const isMine = ({ lab }: Bench, { request }: KnownRequest) =>
  Object.entries(lab.accounts[0]?.headers ?? {}).some(([name, value]) => request.headers?.[name] === value)

/** An account of its own for what changes accounts, so that the others stay as they are. */
const speakerFor = async (
  bench: Bench,
  known: KnownRequest,
  aboutAccounts: boolean,
): Promise<Operation['speaker']> => {
  const { lab, registrar, signal } = bench
  if (!isMine(bench, known)) return null
  const own = aboutAccounts ? await registrar?.register(registrar.known.request, signal) : undefined
  return own?.actor ?? lab.accounts[0] ?? null
}

const operationFor = async (bench: Bench, known: KnownRequest): Promise<Operation> => {
  const registers = known === bench.registrar?.known
  const aboutAccounts = registers || ACCOUNTS.test(known.route.path)
  return {
    ...{ known, label: labelOf(known), registers, aboutAccounts, tables: null, places: null },
    documented: documentedOf(bench.lab, known),
    speaker: registers ? null : await speakerFor(bench, known, aboutAccounts),
  }
}

/** **Contract:** what is changed is the lab's own; an operation that is refused as it is says so and is left. */
export default defineExperiment<Seen>({
  id: 'mass-assignment',
  title: 'keeps no field that a client may not decide',
  standard: 'security.authorization',
  needs: ['http'],
  answersFor: ['write-route'],
  effect: 'writes',
  cost: { seconds: 8 },
  observes: Seen,
  async run(lab, { signal, focus }) {
    const bench = await openBench(lab, signal)
    const all = chosen(bench).filter((known) => focus?.includes(subjectOf(labelOf(known))) ?? true)
    const seen: Seen = {
      accounts: lab.accounts.length,
      refusedReads: bench.refused.length,
      tried: [],
      notReached: all.slice(MOST_OPERATIONS).map(labelOf),
    }
    for (const known of all.slice(0, MOST_OPERATIONS)) {
      if (!signal.aborted && lab.target.exit() !== null) await revive(lab)
      if (signal.aborted || lab.target.exit() !== null) {
        seen.notReached.push(labelOf(known))
        continue
      }
      seen.tried.push(await tryOperation(bench, await operationFor(bench, known)))
    }
    return seen
  },
  judge,
})
