import { columnOf, type Key, type Reference, type Table, type ValueKind } from './table.ts'

/** How the rows that a reference points at are taken. */
export type Taking =
  /** any of them */
  | { how: 'any' }
  /** each once, those that nothing refers to yet */
  | { how: 'once' }
  /** each of the new ones once */
  | { how: 'in turn' }
  /** each of one with each of another: this is the first, or the second, which turns when the first has gone round */
  | { how: 'crossed'; with: Reference; place: 'first' | 'second' }

export type KeyPlan = {
  takings: Map<Reference, Taking>
  /** columns that get a value that is not there yet; `nulls`: none where the copied row has none */
  fresh: Map<string, { nulls: boolean }>
  /** nothing makes these keys new, so rows that collide are left out */
  open: Key[]
}

export type KeyQuestion = {
  table: Table
  /** references that are spread over their parents */
  spread: readonly Reference[]
  /** columns that stay as in the row that is copied, because a reference goes with them */
  bound: ReadonlySet<string>
  /** rows to add */
  wanted: number
  /** new rows of the table that it refers to */
  newParents(reference: Reference): number
}

/** Values of the first kinds look most like what was there. */
const PREFERRED: readonly ValueKind[] = [
  'uuid',
  'text',
  'number',
  'timestamp',
  'date',
  'bytes',
  'address',
  'interval',
]

const freshest = (table: Table, key: Key, except: (name: string) => boolean) =>
  key.columns
    .flatMap((name) => columnOf(table, name) ?? [])
    .filter(({ name, kind }) => kind !== null && !except(name))
    .sort((a, b) => rank(a.kind) - rank(b.kind))[0]

const rank = (kind: ValueKind | null) => (kind === null ? PREFERRED.length : PREFERRED.indexOf(kind))

/** How each unique key stays one while rows are added. */
export const planKeys = ({ table, spread, bound, wanted, newParents }: KeyQuestion): KeyPlan => {
  const takings = new Map<Reference, Taking>(spread.map((reference) => [reference, { how: 'any' }]))
  const fresh: KeyPlan['fresh'] = new Map()
  const open: Key[] = []
  const isAny = (reference: Reference) => takings.get(reference)?.how === 'any'
  const solve = (key: Key): boolean => {
    const within = (names: readonly string[]) => names.every((name) => key.columns.includes(name))
    if (key.columns.some((name) => columnOf(table, name)?.made && !bound.has(name))) return true
    if (key.columns.some((name) => fresh.get(name)?.nulls === false)) return true
    if (key.columns.some((name) => fresh.has(name)) && key.nullsDiffer && !key.primary) return true
    const parts = spread.filter(({ columns }) => within(columns))
    const rest = key.columns.filter((name) => !parts.some(({ columns }) => columns.includes(name)))
    const [first, second] = parts
    if (parts.some((part) => ['once', 'in turn'].includes(takings.get(part)?.how ?? ''))) return true
    if (first !== undefined && second === undefined && isAny(first)) {
      if (rest.length === 0) return takings.set(first, { how: 'once' }).has(first)
      if (newParents(first) >= wanted) return takings.set(first, { how: 'in turn' }).has(first)
    }
    if (first !== undefined && second !== undefined && isAny(first) && isAny(second)) {
      takings.set(first, { how: 'crossed', with: second, place: 'first' })
      takings.set(second, { how: 'crossed', with: first, place: 'second' })
      return true
    }
    const held = (name: string) => bound.has(name) || spread.some(({ columns }) => columns.includes(name))
    const column = freshest(table, key, held)
    if (column === undefined) return false
    const nulls =
      column.nullable && key.nullsDiffer && !key.primary && fresh.get(column.name)?.nulls !== false
    fresh.set(column.name, { nulls })
    return true
  }
  for (const key of table.keys) if (!solve(key)) open.push(key)
  return { takings, fresh, open }
}
