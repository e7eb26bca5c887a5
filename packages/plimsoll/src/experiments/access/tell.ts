import type { Evidence } from '../../model/evidence.ts'
import type { Severity } from '../../model/priority.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import { cellOf, kinOf } from './manners.ts'
import { matrixOf } from './matrix.ts'
import type { Kind, Proof, Seen } from './seen.ts'
import { isPassword, type Weighed } from './weigh.ts'

const WHO: Readonly<Record<string, string>> = { anonymous: 'Who is not logged in', B: 'Another account' }

const effectOf = ({ trial, principal }: Weighed): string => {
  const cell = cellOf(trial, principal)
  if (cell === null) return 'is let through'
  // What was replaced may be found no more by what it was called.
  if (cell.harm.includes('gone') && !/^(?:PUT|PATCH)$/.test(trial.method)) return 'can delete'
  return trial.effect === 'write' ? 'can change' : 'can read'
}

const ACCOUNT = 'user'

/** What is shown, where that is another thing than the one that was named: photos of an album. */
const objectOf = ({ trial: { kin, own, effect } }: Weighed): string => {
  if (kin === ACCOUNT && effect === 'write') return 'account'
  const shown = effect === 'read' ? own.shows.map(kinOf) : []
  // Names of accounts stand in what belongs to them.
  const things = shown.filter((one) => one !== ACCOUNT)
  const object = kin !== null && (things.length === 0 || things.includes(kin)) ? kin : (things[0] ?? kin)
  return (object ?? 'object').replaceAll(/[_-]/g, ' ')
}

const titleOf = (weighed: Weighed): string => {
  const { trial, principal } = weighed
  const who = WHO[principal] ?? principal
  const shows = cellOf(trial, principal)?.shows ?? []
  if (shows.some(isPassword)) return `${who} can read passwords of accounts`
  if (weighed.role === true)
    return `${who} ${trial.effect === 'write' ? 'can do' : 'can read'} what is meant for a role`
  const under = trial.object === "A's under B's parent" ? ', by naming a parent of its own' : ''
  return `${who} ${effectOf(weighed)} somebody else's ${objectOf(weighed)}${under}`
}

const whatOf = ({ trial, principal }: Weighed): string => {
  const cell = cellOf(trial, principal)
  const what =
    cell === null
      ? ''
      : cell.harm.length > 0
        ? `A then finds ${cell.harm.join(', ').replace('gone', 'it gone')}`
        : `with A's ${cell.shows.join(', ')}`
  const changed = cell !== null && cell.harm.length > 0 && !cell.harm.includes('gone') ? ' changed' : ''
  return `${principal} is answered ${cell?.status ?? 'nothing'}${cell !== null && cell.harm.length > 0 ? '; ' : ' '}${what}${changed}`
}

const detailOf = (weighed: Weighed): string => {
  const { trial, because } = weighed
  const missing = trial.missing === null ? [] : [`an id that does not exist answers ${trial.missing.status}`]
  const hard = trial.id === 'unguessable' ? ['the id is not to be guessed, it must be known'] : []
  return [whatOf(weighed), ...because, ...missing, ...hard].filter((part) => part !== '').join(' · ')
}

const LOWER: Readonly<Record<Severity, Severity>> = {
  critical: 'high',
  high: 'medium',
  medium: 'low',
  low: 'low',
}

const severityOf = ({ trial, principal }: Weighed, kind: Kind | null): Severity => {
  const shows = cellOf(trial, principal)?.shows ?? []
  const isWorst =
    shows.some(isPassword) ||
    (trial.effect === 'write' && (principal === 'anonymous' || kind?.account === true))
  const severity = isWorst ? 'critical' : 'high'
  return trial.id === 'unguessable' ? LOWER[severity] : severity
}

const proofsOf = ({ trial, principal }: Weighed): Proof | null =>
  trial.proofs.find((proof) => proof.principal === principal) ?? trial.proofs[0] ?? null

const evidenceOf = (weighed: Weighed, all: readonly Weighed[], seen: Seen): Evidence[] => {
  const proof = proofsOf(weighed)
  const matrix = matrixOf(all, weighed.trial, seen)
  if (proof === null) return [matrix]
  const { made, acted, shown, statements, origin } = proof
  return [
    matrix,
    ...(made === null ? [] : [{ kind: 'exchange' as const, title: '1. A creates it', exchange: made }]),
    { kind: 'exchange', title: `2. ${proof.principal} acts on it`, exchange: acted },
    ...(shown === null
      ? []
      : [{ kind: 'exchange' as const, title: '3. A looks at it again', exchange: shown }]),
    ...(statements.length === 0
      ? []
      : [
          { kind: 'statements' as const, title: 'The statement, which does not ask whose it is', statements },
        ]),
    ...(origin === null ? [] : [{ kind: 'source' as const, title: 'Where it is written', ...origin }]),
  ]
}

const repairsOf = ({ trial, principal, role }: Weighed, kind: Kind | null): string[] => {
  const column = kind?.owner?.field.split('.').at(-1) ?? 'owner_id'
  const owner = `Put the owner into the condition: … WHERE id = $1 AND ${column} = $2, with the account of the session; answer 404 where no row is left.`
  if (principal === 'anonymous') return ['Put the guard of the other operations on this one, too.', owner]
  if (role === true) return ['Put the guard of that role on the operation, where its siblings have theirs.']
  if (trial.object === "A's under B's parent")
    return [
      'Look for the object below the parent in the path, and for the parent among those of the session.',
      owner,
    ]
  return [owner]
}

const CWE_OWNERSHIP = 639
const CWE_ROLE = 285
const CWE_NO_LOGIN = 306

const cweOf = ({ principal, role }: Weighed) => {
  if (principal === 'anonymous') return CWE_NO_LOGIN
  return role === true ? CWE_ROLE : CWE_OWNERSHIP
}

const placesOf = (weighed: Weighed) => {
  const origin = proofsOf(weighed)?.origin
  const { place } = weighed.trial
  return [origin?.place, place].filter((one) => one !== null && one !== undefined)
}

const found = (
  weighed: Weighed,
  all: readonly Weighed[],
  seen: Seen,
  tier: 'defect' | 'suspicion',
): Judgement => {
  const kind = seen.kinds.find(({ kin }) => kin === weighed.trial.kin) ?? null
  return refuted({
    subject: weighed.trial.operation,
    title: titleOf(weighed),
    detail: detailOf(weighed),
    severity: tier === 'suspicion' ? LOWER[severityOf(weighed, kind)] : severityOf(weighed, kind),
    tier,
    repairs: repairsOf(weighed, kind),
    evidence: evidenceOf(weighed, all, seen),
    cwe: cweOf(weighed),
    places: placesOf(weighed),
  })
}

/** One judgement for the worst of what was seen of one operation; null where there is nothing to say. */
export const tell = (weighed: Weighed, all: readonly Weighed[], seen: Seen): Judgement | null => {
  const { trial, say } = weighed
  const subject = trial.operation
  if (say === 'defect' || say === 'suspicion') return found(weighed, all, seen, say)
  if (say === 'ask') {
    const title = `Whether accounts may ${trial.effect === 'write' ? 'change' : 'read'} each other's ${objectOf(weighed)} cannot be told`
    const hint = 'name it under "access.public" in the configuration if so'
    return inconclusive({ subject, title, detail: [whatOf(weighed), ...weighed.because, hint].join(' · ') })
  }
  if (say === 'refused' && weighed.role === true) {
    const detail = `B ${cellOf(trial, 'B')?.status} · anonymous ${cellOf(trial, 'anonymous')?.status}`
    return proven({ subject, title: 'Refuses who has not the role', detail })
  }
  if (say === 'refused') {
    const title = `Nobody ${trial.effect === 'write' ? 'changes' : 'reads'} somebody else's ${objectOf(weighed)}`
    const b = cellOf(trial, 'B')
    const anonymous = cellOf(trial, 'anonymous')
    const answers = [b, anonymous].flatMap((cell) =>
      cell === null ? [] : [`${cell.principal} ${cell.status}`],
    )
    return proven({ subject, title, detail: `A ${trial.own.status} · ${answers.join(' · ')}` })
  }
  return null
}
