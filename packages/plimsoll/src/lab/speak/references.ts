import { goneLast, isGone } from './gone.ts'
import { type Harvest, ROLE } from './harvest.ts'
import { idOf, ownersOf, type Shown, sameKin, stem, usable } from './things.ts'

type Reference = { at: readonly string[]; name: string; list: number | null; things: readonly Shown[] }
type Choice = ReadonlyMap<Reference, Shown>

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const ONE = /(_id|Id|ID|_uuid|Uuid)$/
const MANY = /(^ids|_ids|Ids|IDs|_uuids|Uuids)$/
const AMOUNT = /amount|quantity|qty|money|points|value|cents|sum|units/i

const MOST_THINGS = 60
const MOST_CHOICES = 400
const VARIANTS = 6

/** `from` and `to` are things only where something is moved between them: elsewhere they are often dates. */
const isReference = (name: string, siblings: readonly string[]) =>
  ONE.test(name) || MANY.test(name) || (ROLE.test(name) && siblings.some((other) => AMOUNT.test(other)))

const unique = (things: readonly Shown[]): Shown[] => {
  const first = new Map<string, Shown>()
  for (const one of things) if (!first.has(String(idOf(one)))) first.set(String(idOf(one)), one)
  return [...first.values()]
}

const candidates = (name: string, path: string, harvest: Harvest): Shown[] =>
  goneLast(unique(harvest.forField(name, path))).slice(0, MOST_THINGS)

/** Every field of a body that means a thing of the app's, with the things it may mean. */
const referencesIn = (
  value: unknown,
  path: string,
  harvest: Harvest,
  at: readonly string[] = [],
): Reference[] => {
  if (Array.isArray(value))
    return value.flatMap((item, index) => referencesIn(item, path, harvest, [...at, String(index)]))
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    if (!isReference(name, Object.keys(value))) return referencesIn(inner, path, harvest, [...at, name])
    const list = MANY.test(name) ? Math.max(1, Array.isArray(inner) ? inner.length : 1) : null
    return [{ at: [...at, name], name, list, things: candidates(name, path, harvest) }]
  })
}

const foreign = (name: string) => ONE.test(name) && stem(name) !== ''

/** How well two things go together: one belongs to the other, or both to the same third. */
const agreement = (one: Shown, other: Shown): number => {
  const belongs = (child: Shown, parent: Shown) => {
    const id = String(idOf(parent))
    const key = Object.keys(child.thing).find((name) => foreign(name) && sameKin(stem(name), parent.kin))
    const said = child.owners.get(parent.kin) ?? (key === undefined ? undefined : String(child.thing[key]))
    return said === undefined ? 0 : said === id ? 3 : -2
  }
  const shared = Object.keys(one.thing).filter((name) => foreign(name) && usable(other.thing[name]))
  const thirds = shared.reduce((sum, name) => sum + (one.thing[name] === other.thing[name] ? 2 : -2), 0)
  const same = sameKin(one.kin, other.kin) && String(idOf(one)) === String(idOf(other)) ? -9 : 0
  return belongs(one, other) + belongs(other, one) + thirds + same
}

/** A thing that the path names, with all that was shown of it. */
const named = (kin: string, id: string, path: string, harvest: Harvest): Shown => {
  const seen = harvest.forField(`${kin}Id`, path).filter((one) => String(idOf(one)) === id)
  // The first is the latest, so it is put on last.
  const thing = Object.assign({}, ...seen.map((one) => one.thing).toReversed(), { id })
  return { path: '', kin, thing, nested: false, owners: new Map() }
}

/** What the named thing points at now, where it points at something of this kind. */
const current = (above: Shown, { kin }: Shown, path: string, harvest: Harvest): Shown | null => {
  const key = Object.keys(above.thing).find((name) => foreign(name) && sameKin(stem(name), kin))
  const id = key === undefined ? undefined : above.thing[key]
  return usable(id) ? named(kin, String(id), path, harvest) : null
}

type Above = { thing: Shown; pointsAt(one: Shown): Shown | null }

const score = (choice: Choice, above: readonly Above[]): number => {
  const chosen = [...choice.values()]
  let sum = chosen.filter(isGone).length * -1.5
  chosen.forEach((one, index) => {
    for (const other of chosen.slice(index + 1)) sum += agreement(one, other)
    for (const { thing, pointsAt } of above) {
      const now = pointsAt(one)
      // What it has already is no change; another one of the same third is the likeliest.
      sum += now === null ? agreement(one, thing) : agreement(one, now)
    }
  })
  return sum
}

const choicesOf = (references: readonly Reference[]): Choice[] =>
  references.reduce<Choice[]>(
    (choices, reference) =>
      reference.things.length === 0
        ? choices
        : choices
            .flatMap((choice) => reference.things.map((thing) => new Map([...choice, [reference, thing]])))
            .slice(0, MOST_CHOICES),
    [new Map()],
  )

const put = (value: unknown, at: readonly string[], what: unknown): unknown => {
  const [key, ...rest] = at
  if (key === undefined) return what
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? put(item, rest, what) : item))
  return isRecord(value) ? { ...value, [key]: put(value[key], rest, what) } : value
}

const valueFor = ({ list, things }: Reference, chosen: Shown): unknown => {
  if (list === null) return idOf(chosen)
  return [chosen, ...things.filter((one) => one !== chosen)].slice(0, list).map(idOf)
}

/**
 * The body with its references filled with ids that exist, in the few ways that fit best: a seat of the event that is
 * booked goes before any other seat.
 * @param sent the path it will be sent to, parameters filled
 * @param most how many ways at most
 */
export const withReferences = (
  body: unknown,
  path: string,
  sent: string,
  harvest: Harvest,
  most: number = VARIANTS,
): unknown[] => {
  const references = referencesIn(body, path, harvest)
  const above = [...ownersOf(path, sent)].map(([kin, id]): Above => {
    const thing = named(kin, id, path, harvest)
    const known = new Map<string, Shown | null>()
    const pointsAt = (one: Shown) => {
      const seen = known.get(one.kin)
      const found = seen === undefined ? current(thing, one, path, harvest) : seen
      known.set(one.kin, found)
      return found
    }
    return { thing, pointsAt }
  })
  return choicesOf(references)
    .map((choice) => ({ choice, fit: score(choice, above) }))
    .sort((a, b) => b.fit - a.fit)
    .slice(0, most)
    .map(({ choice }) =>
      [...choice].reduce(
        (filled, [reference, chosen]) => put(filled, reference.at, valueFor(reference, chosen)),
        body,
      ),
    )
}

/** true when it means things of the app's */
export const refersToThings = (body: unknown, path: string, harvest: Harvest): boolean =>
  referencesIn(body, path, harvest).length > 0

/** true when it means things of which none is known */
export const lacksReferences = (body: unknown, path: string, harvest: Harvest): boolean =>
  referencesIn(body, path, harvest).some(({ things }) => things.length === 0)
