import { isOfAdministrators, isOfARole } from './functions.ts'
import { cellOf, isRefused, kinOf, type Manners, mannersOf } from './manners.ts'
import type { Kind, Seen, Trial } from './seen.ts'

/** What is to be said of one trial: `ask` is not decided by anything that was seen. */
export type Weighed = {
  trial: Trial
  say: 'defect' | 'suspicion' | 'ask' | 'refused' | 'open' | 'unclear'
  /** who got through */
  principal: string
  /** what it rests on, a clause each */
  because: string[]
  /** an operation that is meant for a role, and not an object for its owner */
  role?: boolean
}

type Facts = Pick<Seen, 'kinds' | 'trials' | 'privileged'>

const SECRET =
  /\.(?:\w+_)?(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|api_?key|ssn|iban|card_?number|cvv|cvc|pin|private_?key)$/i
const PASSWORD = /\.(?:\w+_)?(?:password|passwd|pwd|passphrase)$/i

export const isPassword = (field: string) => PASSWORD.test(field.replace(/([a-z])([A-Z])/g, '$1_$2'))
const isSecret = (field: string) => SECRET.test(field.replace(/([a-z])([A-Z])/g, '$1_$2'))

const depth = ({ path }: Trial) => path.split('/').filter((part) => part !== '').length

const kindOf = (kin: string | null, { kinds }: Facts): Kind | null =>
  kinds.find((kind) => kind.kin === kin) ?? null

const list = (operations: readonly string[]) => operations.slice(0, 2).join(' and ')

const refusal = (trial: Trial) => `${trial.operation} answers B with ${cellOf(trial, 'B')?.status}`

const ownOnly = ({ filtered }: Manners) => `${list(filtered)} shows each account its own`

/** The same operation refuses B where the path names A's own parent. */
const straightRefused = (trial: Trial, { trials }: Facts): string | null => {
  const straight = trials.find(({ operation, object }) => operation === trial.operation && object === "A's")
  const b = straight === undefined ? null : cellOf(straight, 'B')
  return trial.object === "A's" || !isRefused(b)
    ? null
    : `below A's own parent it answers B with ${b?.status}`
}

/** What B is not given elsewhere, of the same object: the object itself, or the same fields of it. */
const isClosed = (trial: Trial, other: Trial, shows: readonly string[]): boolean => {
  if (other.operation === trial.operation || depth(other) > depth(trial)) return false
  const isAbove = other.kin === trial.kin && `${trial.path}/`.startsWith(`${other.path}/`)
  if (isAbove && (cellOf(other, 'B')?.status ?? 0) >= 400) return true
  return other.own.shows.some((field) => shows.includes(field))
}

/** Whether objects of this kind are closed to other accounts, by what the rest of the app does. */
const privacyOf = (
  trial: Trial,
  kins: readonly string[],
  shows: readonly string[],
  seen: Facts,
): string | null => {
  const straight = straightRefused(trial, seen)
  if (straight !== null) return straight
  for (const kin of kins) {
    const manners = mannersOf(kin, seen)
    if (manners.listed.length > 0) continue
    if (manners.filtered.length > 0) return ownOnly(manners)
    const closed = manners.readRefused.find((other) => isClosed(trial, other, shows))
    if (closed !== undefined) return refusal(closed)
  }
  return null
}

/** Kinds that a trial is about: of what it shows and of what it is given; the account last, as its name is in much. */
const kinsOf = ({ kin }: Trial, shows: readonly string[], { kinds }: Facts): string[] => {
  const isAccount = (one: string) => kinds.some((kind) => kind.kin === one && kind.account)
  const shown = shows.map(kinOf).filter((one) => !isAccount(one))
  return [...new Set([...shown, ...(kin === null ? [] : [kin]), ...shows.map(kinOf)])]
}

/** Another operation of that role refuses B. */
const roleRefused = (trial: Trial, { trials }: Facts): string | null => {
  const other = trials.find(
    (one) =>
      one.operation !== trial.operation &&
      isOfARole(one.path) &&
      [401, 403].includes(cellOf(one, 'B')?.status ?? 0),
  )
  return other === undefined ? null : refusal(other)
}

/** The path says that it is for a role which B does not have, and what it gives is had nowhere else. */
const weighRole = (trial: Trial, principal: string, seen: Facts): Weighed | null => {
  if (!isOfARole(trial.path) || seen.privileged || trial.open) return null
  const shows = cellOf(trial, principal)?.shows ?? []
  const isHad = (field: string) =>
    seen.trials.some((one) => !isOfARole(one.path) && cellOf(one, principal)?.shows.includes(field) === true)
  if (trial.effect === 'read' && shows.every(isHad)) return null
  const refused = roleRefused(trial, seen)
  const isSure = refused !== null || isOfAdministrators(trial.path)
  const because = ['its path says that it is for a role', refused].filter((one) => one !== null)
  return { trial, say: isSure ? 'defect' : 'suspicion', principal, because, role: true }
}

const weighShown = (trial: Trial, principal: string, shows: readonly string[], seen: Facts): Weighed => {
  const kins = kinsOf(trial, shows, seen)
  const manners = mannersOf(kins[0] ?? '', seen)
  const fresh = shows.filter((field) => !manners.listedFields.has(field))
  const said = (say: Weighed['say'], ...because: string[]): Weighed => ({ trial, say, principal, because })
  if (shows.some(isPassword)) return said('defect', 'a password belongs to nobody but its owner')
  if (trial.open) return said('open', 'the configuration says so')
  const role = weighRole(trial, principal, seen)
  if (role !== null) return role
  const anonymous = cellOf(trial, 'anonymous')
  if (anonymous?.shows.some((field) => shows.includes(field)) === true)
    return trial.declared
      ? { ...said('defect', 'the contract says that it needs credentials'), principal: 'anonymous' }
      : said('open', 'anybody may read it')
  if (fresh.length === 0) return said('open', `${list(manners.listed)} shows it to every account`)
  const owner = kindOf(kins[0] ?? null, seen)?.owner ?? null
  if (manners.listed.length > 0)
    return fresh.some(isSecret) && owner !== null
      ? said('defect', `${list(manners.listed)} withholds it`, `the object has an owner (${owner.field})`)
      : said('open', `${list(manners.listed)} shows the object to every account`)
  const privacy = privacyOf(trial, kins, fresh, seen)
  if (privacy !== null) return said('defect', privacy)
  if (manners.writeRefused.length > 0)
    return said('open', `others may read, and not write (${manners.writeRefused[0]?.operation})`)
  if (
    owner !== null &&
    (manners.personal.length > 0 || owner.strength === 'strong') &&
    trial.id === 'guessable'
  )
    return said(
      'suspicion',
      `the object has an owner (${owner.field})`,
      'no operation refuses another account',
    )
  return said('ask', 'no operation refuses another account')
}

/** What everybody is shown alike is open; a password, or what is meant for a role, is not. */
const weighCollection = (trial: Trial, seen: Facts): Weighed => {
  const [anonymous, b] = [cellOf(trial, 'anonymous'), cellOf(trial, 'B')]
  const ofARole = isOfARole(trial.path)
  const leaking = [anonymous, b].find((cell) => cell?.shows.some(ofARole ? () => true : isPassword) === true)
  if (leaking != null) return weighShown(trial, leaking.principal, leaking.shows, seen)
  const said = (say: Weighed['say'], ...because: string[]): Weighed => ({
    trial,
    say,
    principal: 'B',
    because,
    role: ofARole,
  })
  if (!ofARole || seen.privileged || b?.status == null) return said('open')
  if (b.status === 401 || b.status === 403) return said('refused')
  const refused = roleRefused(trial, seen)
  return b.status < 300 && refused !== null ? said('suspicion', refused) : said('open')
}

/** @param trial a read of one object, or a collection: there only a password is too much */
export const weighRead = (trial: Trial, seen: Facts): Weighed => {
  const b = cellOf(trial, 'B')
  const anonymous = cellOf(trial, 'anonymous')
  const passed = [b, anonymous].find((cell) => cell !== null && cell.shows.length > 0) ?? null
  if (trial.kin === null) return weighCollection(trial, seen)
  if (trial.own.shows.length === 0 && passed === null)
    return { trial, say: 'unclear', principal: 'B', because: ['nothing that could be recognised is shown'] }
  if (passed !== null) return weighShown(trial, passed.principal, passed.shows, seen)
  return { trial, say: isRefused(b) ? 'refused' : 'unclear', principal: 'B', because: [] }
}

const NAMED: readonly string[] = ['PUT', 'PATCH', 'DELETE']

const weighHarm = (trial: Trial, principal: string, seen: Facts): Weighed => {
  const kin = trial.kin ?? ''
  const manners = mannersOf(kin, seen)
  const kind = kindOf(kin, seen)
  const said = (say: Weighed['say'], ...because: string[]): Weighed => ({ trial, say, principal, because })
  if (trial.open) return said('open', 'the configuration says so')
  const role = weighRole(trial, principal, seen)
  if (role !== null) return role
  if (kind?.account === true) return said('defect', 'an account belongs to whoever registered it')
  const refused = manners.writeRefused.filter(({ operation }) => operation !== trial.operation)
  const isShared = manners.listed.length > 0 || manners.anonymous.length > 0
  const closed = [...manners.readRefused, ...refused][0]
  if (principal === 'anonymous' && NAMED.includes(trial.method) && manners.loginWanted.length > 0)
    return said('defect', `${list(manners.loginWanted)} refuses who is not logged in`)
  const straight = straightRefused(trial, seen)
  if (straight !== null) return said('defect', straight)
  if (!isShared && manners.filtered.length > 0) return said('defect', ownOnly(manners))
  if (!isShared && closed !== undefined) return said('defect', refusal(closed))
  const owner = kind?.owner ?? null
  if (!NAMED.includes(trial.method)) return said('open', 'it may be meant for others')
  if (owner === null) return said(isShared ? 'ask' : 'suspicion', 'no operation refuses another account')
  const owned = `the object has an owner (${owner.field})`
  const [sibling] = refused
  if (sibling !== undefined) {
    const because = [refusal(sibling), owned]
    const isLess = manners.anonymous.length === 0 && sibling.method === 'DELETE'
    return said(isLess ? 'ask' : 'defect', ...because)
  }
  if (manners.anonymous.length > 0 && owner.strength === 'strong') return said('defect', owned)
  return said(
    isShared && manners.anonymous.length === 0 ? 'ask' : 'suspicion',
    owned,
    'no operation refuses another account',
  )
}

export const weighWrite = (trial: Trial, seen: Facts): Weighed => {
  const b = cellOf(trial, 'B')
  const anonymous = cellOf(trial, 'anonymous')
  const weighed = [b, anonymous].flatMap((cell) =>
    cell !== null && cell.harm.length > 0 ? [weighHarm(trial, cell.principal, seen)] : [],
  )
  const worst = weighed.find(({ say }) => say === 'defect') ?? weighed[0]
  if (worst !== undefined) return worst
  const answered = b?.status != null && b.status < 300
  const isSure = isRefused(b) && (!answered || trial.own.harm.length > 0)
  return { trial, say: isSure ? 'refused' : 'unclear', principal: 'B', because: [] }
}

export const weigh = (trial: Trial, seen: Facts): Weighed =>
  trial.effect === 'read' ? weighRead(trial, seen) : weighWrite(trial, seen)
