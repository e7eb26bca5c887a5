import type { Bench } from './bench.ts'
import type { Sight } from './look.ts'
import { type Kind, kindOf, plain, spellings } from './names.ts'
import { type Column, columnsOf } from './rows.ts'
import type { Operation } from './trial.ts'
import { valueFor } from './values.ts'

/** A field that decides something, that the service shows of its thing, and that the client was not asked for. */
export type Candidate = {
  /** as it is told in a finding */
  field: string
  kind: Kind
  documented: boolean
  /** as a body may call it, the likeliest first */
  spellings: string[]
  value: unknown
}

type Shown = { field: string; kind: Kind; spellings: string[]; usual: unknown; column: Column | null }

const columnsIn = async ({ store }: Bench, { tables }: Operation): Promise<Map<string, Column>> => {
  const found = new Map<string, Column>()
  for (const table of store === null ? [] : (tables ?? [])) {
    const columns = store === null ? [] : await columnsOf(store, table)
    for (const column of columns) found.set(`table ${table}.${column.name}`, column)
  }
  return found
}

/** Fields as the thing shows them: the API's own spelling before the store's. */
const shownIn = (sights: readonly Sight[], columns: ReadonlyMap<string, Column>): Map<string, Shown> => {
  const found = new Map<string, Shown>()
  for (const { place, thing } of sights) {
    for (const [name, value] of Object.entries(thing)) {
      const kind = kindOf(name)
      if (kind === null) continue
      const column = columns.get(`${place}.${name}`) ?? null
      const known = found.get(plain(name))
      const mine = column === null ? [name] : spellings(name)
      found.set(plain(name), {
        ...{ field: known?.field ?? name, kind, column: column ?? known?.column ?? null },
        spellings: [...new Set([...(known?.spellings ?? []), ...mine])],
        usual: known?.usual ?? value,
      })
    }
  }
  return found
}

const isMeant = ({ documented, registers, aboutAccounts }: Operation, { field, kind }: Shown): boolean => {
  if (kind === 'price' || kind === 'state') return documented.takesAnywhere(field)
  return documented.takes(field) && !(kind === 'rights' && (registers || aboutAccounts))
}

/** @param sights of the thing as it is without any such field */
export const candidatesOf = async (
  bench: Bench,
  operation: Operation,
  sights: readonly Sight[],
): Promise<Candidate[]> => {
  const shown = shownIn(sights, await columnsIn(bench, operation))
  return [...shown.values()]
    .filter((one) => !isMeant(operation, one))
    .flatMap((one): Candidate[] => {
      const value = valueFor(one.kind, one.field, {
        ...{ value: one.usual, type: one.column?.type ?? null },
        choices: [...new Set([...(one.column?.choices ?? []), ...operation.documented.choices(one.field)])],
        other: bench.theirs.get(String(one.usual)),
      })
      if (value === undefined) return []
      const { field, kind } = one
      return [{ field, kind, spellings: one.spellings, value, documented: operation.documented.takes(field) }]
    })
}
