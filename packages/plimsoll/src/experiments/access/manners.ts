import { isSuccess } from '../../lab/speak/observe.ts'
import { isOfARole } from './functions.ts'
import type { Cell, Seen, Trial } from './seen.ts'

/** How the app treats objects of one kind, as far as was seen: the ground on which one operation is judged. */
export type Manners = {
  /** lists that show each account its own, and not those of the other one */
  filtered: string[]
  /** the same, of a list at another place than the objects: one's own view of what may be open elsewhere */
  personal: string[]
  /** lists that show B what is A's */
  listed: string[]
  /** fields that B is shown in lists */
  listedFields: ReadonlySet<string>
  /** reads that show it to nobody in particular */
  anonymous: string[]
  /** reads that show it to A and not to B */
  readRefused: Trial[]
  /** writes that A may do and B may not */
  writeRefused: Trial[]
  /** operations that refuse who is not logged in */
  loginWanted: string[]
}

export const kinOf = (field: string): string => field.split('.')[0] ?? field

const showsKin = ({ shows }: Cell, kin: string) => shows.some((field) => kinOf(field) === kin)

export const cellOf = ({ others }: Trial, principal: string): Cell | null =>
  others.find((cell) => cell.principal === principal) ?? null

/** It got nothing, and was not merely held off for asking too often. */
export const isRefused = (cell: Cell | null): boolean =>
  cell !== null &&
  !cell.limited &&
  cell.harm.length === 0 &&
  cell.shows.length === 0 &&
  cell.status !== null &&
  cell.status < 500

const trim = (path: string) => path.replace(/\/$/, '')

const isHome = ({ path }: Trial, kin: string, { kinds, trials }: Pick<Seen, 'kinds' | 'trials'>) =>
  kinds.some((kind) => kind.kin === kin && trim(kind.path) === trim(path)) ||
  trials.some((one) => one.kin === kin && trim(one.path.replace(/\/:\w+$/, '')) === trim(path))

const names = (trials: readonly Trial[]) => [...new Set(trials.map(({ operation }) => operation))]

export const mannersOf = (kin: string, seen: Pick<Seen, 'kinds' | 'trials'>): Manners => {
  const lists = seen.trials.filter(
    (trial) => trial.kin === null && showsKin(trial.own, kin) && !isOfARole(trial.path),
  )
  const apart = lists.filter((trial) => {
    const b = cellOf(trial, 'B')
    if (b === null || !isSuccess(b) || showsKin(b, kin)) return false
    // B may have none of the kind: then its own list is empty, where A's is not.
    return trial.theirs?.empty === true || (trial.theirs !== null && showsKin(trial.theirs, kin))
  })
  const open = lists.filter((trial) => {
    const b = cellOf(trial, 'B')
    return b !== null && showsKin(b, kin)
  })
  const about = seen.trials.filter((trial) => trial.kin === kin || showsKin(trial.own, kin))
  const reads = about.filter(({ effect }) => effect === 'read')
  const direct = about.filter(({ object }) => object === "A's")
  return {
    filtered: names(apart.filter((trial) => isHome(trial, kin, seen))),
    personal: names(apart.filter((trial) => !isHome(trial, kin, seen))),
    listed: names(open),
    listedFields: new Set(open.flatMap((trial) => cellOf(trial, 'B')?.shows ?? [])),
    anonymous: names(
      reads.filter((trial) => {
        if (isOfARole(trial.path)) return false
        const cell = cellOf(trial, 'anonymous')
        return cell !== null && showsKin(cell, kin)
      }),
    ),
    readRefused: direct.filter(
      (trial) => trial.effect === 'read' && trial.own.shows.length > 0 && isRefused(cellOf(trial, 'B')),
    ),
    writeRefused: direct.filter((trial) => {
      const b = cellOf(trial, 'B')
      return trial.effect === 'write' && isRefused(b) && b !== null && !isSuccess(b)
    }),
    loginWanted: names(
      about.filter((trial) => {
        const status = cellOf(trial, 'anonymous')?.status
        return status === 401 || status === 403
      }),
    ),
  }
}
