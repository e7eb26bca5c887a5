import type { Bench } from './bench.ts'
import type { Candidate } from './candidates.ts'
import type { Sight } from './look.ts'
import { plain } from './names.ts'
import type { Stuck } from './seen.ts'
import type { Trial } from './trial.ts'
import { sameValue, show } from './values.ts'

const valueIn = (thing: Sight['thing'] | null | undefined, field: string): unknown =>
  Object.entries(thing ?? {}).find(([name]) => plain(name) === plain(field))?.[1]

const kept = (sight: Sight, { field, value }: Candidate) => {
  const now = valueIn(sight.thing, field)
  return now !== undefined && sameValue(now, value)
}

/** What the place showed without the field: of another thing of the kind, or of this row before. */
const usualAt = (sight: Sight, control: readonly Sight[], field: string): unknown => {
  const before = valueIn(sight.before, field)
  if (before !== undefined) return before
  const same = control.filter(({ place }) => place === sight.place)
  return same.map(({ thing }) => valueIn(thing, field)).find((value) => value !== undefined)
}

/** Enough of a row to find it again; what else is in it may be secret. */
const rowWith = (row: Sight['thing'], field: string) =>
  Object.fromEntries(
    Object.entries(row).filter(([name]) => /^_?id$|^uuid$/i.test(name) || plain(name) === plain(field)),
  )

const writeOf = ({ store }: Bench, { statements }: Trial, table: string | null, field: string) => {
  const facts = store?.facts ?? null
  if (facts === null) return null
  const writes = statements.filter(({ sql }) => facts(sql).writes.length > 0)
  const sets = (sql: string) =>
    facts(sql).writes.some(
      (write) =>
        (table === null || write.table === table) &&
        write.columns.some((column) => plain(column) === plain(field)),
    )
  return writes.find(({ sql }) => sets(sql)) ?? writes[0] ?? null
}

/** null where the value did not stay, where the service would have chosen it too, or where it knows no such field */
export const findStuck = (bench: Bench, trial: Trial, control: Trial, candidate: Candidate): Stuck | null => {
  const { field, kind, value, documented } = candidate
  const all = [...trial.sights, ...trial.theirs.flatMap(({ sights }) => sights)]
  for (const sight of all) {
    if (!kept(sight, candidate)) continue
    const usual = usualAt(sight, control.sights, field)
    if (usual === undefined || sameValue(usual, value)) continue
    const table = sight.place.startsWith('table ') ? sight.place.slice('table '.length) : null
    return {
      ...{ field, kind, documented, place: sight.place },
      sent: show(value) ?? '',
      usual: kind === 'secret' ? 'the one that it had' : show(usual),
      request: trial.exchange,
      control: control.exchange,
      read: sight.exchange ?? null,
      controlRead: control.sights.find(({ place }) => place === sight.place)?.exchange ?? null,
      row: table === null ? null : JSON.stringify(rowWith(sight.thing, field)),
      statement: writeOf(bench, trial, table, field),
    }
  }
  return null
}
