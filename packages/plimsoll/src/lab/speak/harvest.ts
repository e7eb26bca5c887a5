import { parseJson } from '../../base/json/parse-json.ts'
import { goneLast } from './gone.ts'
import {
  idOf,
  kinOfPath,
  kinsOfPath,
  ownersOf,
  type Shown,
  sameKin,
  stem,
  thingsIn,
  usable,
} from './things.ts'

/** Things the API has shown us, by the path they came from: what fills `:id` and `venueId`. */
export type Harvest = {
  /** @param sent the path as it was asked for, with its parameters filled */
  keep(path: string, body: string, sent?: string): void
  /** what a write in this lab made: no other lab has it, so it comes last */
  made(path: string, body: string, sent?: string): void
  /** what a write answers of the thing that its path names: it goes before what was shown of it until now */
  changed(path: string, body: string, sent: string): void
  /** a write of ours that was accepted, with its answer: where many are listed, what it made is tried early */
  ours(path: string, body: unknown, answer: string): void
  /** rows of a table, for things that no route shows */
  rows(table: string, rows: readonly Readonly<Record<string, unknown>>[]): void
  /** another lab: what it shows goes before what was kept until now */
  renew(): void
  /**
   * values for a path parameter, the best first; empty when nothing fits
   * @param sent the path with the parameters before it filled
   */
  forParameter(path: string, name: string, sent?: string): string[]
  /** things that a field such as `venueId`, `seat_ids` or `ids` may mean; `path` is where it is sent to */
  forField(name: string, path: string): Shown[]
}

const MANY = 4_000
const ID_NAMES = ['id', '_id', 'uuid', 'slug', 'key', 'name']

const pick = ({ thing }: Shown, names: readonly string[]) => names.map((name) => thing[name]).find(usable)

/** Segments before the parameter: `/venues/:id/events` and `id` give `/venues`. */
const before = (path: string, name: string) => path.slice(0, path.indexOf(`/:${name}`))

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** `couponCode` of a coupon is its `code`. */
const withoutKin = (name: string, kin: string) => {
  const rest = name.toLowerCase().startsWith(kin) ? name.slice(kin.length).replace(/^_/, '') : name
  return rest === '' ? name : rest.charAt(0).toLowerCase() + rest.slice(1)
}

const isOf = (kin: string) => (one: Shown) =>
  sameKin(one.kin, kin) || (!one.nested && sameKin(kinOfPath(one.path), kin))

/** `toAccountId` means an account as well. */
const endsLike = (word: string) => (one: Shown) =>
  one.kin.length > 2 && word.length > one.kin.length && word.endsWith(one.kin.replace(/[_-]/g, ''))

/** A row with a key of another name is known by its first column. */
const withKey = (row: Shown): Shown =>
  idOf(row) === undefined ? { ...row, thing: { ...row.thing, id: Object.values(row.thing)[0] } } : row

/** A thing that is only known as another's: `room_id` of a booking. */
const mentioned = (one: Shown, name: string, word: string): Shown[] =>
  Object.entries(one.thing)
    .filter(
      ([key, value]) => usable(value) && (key === name || (/(_id|Id|ID)$/.test(key) && stem(key) === word)),
    )
    .map(([, id]) => ({ ...one, kin: word, thing: { id }, nested: true }))

/** The part of a path that ends with its last parameter: `/bookings/:id` of `/bookings/:id/move`. */
const itemIn = (path: string, sent: string) => {
  const parts = path.split('/')
  const last = parts.findLastIndex((part) => part.startsWith(':'))
  const filled = (sent.split('?')[0] ?? '').split('/')
  return {
    path: parts.slice(0, last).join('/'),
    sent: filled.slice(0, last).join('/'),
    id: decodeURIComponent(filled[last] ?? ''),
  }
}

/** A text that short may be anybody's: `open`. */
const TELLING_CHARACTERS = 8

const textsOf = (body: unknown): string[] =>
  body === null || typeof body !== 'object'
    ? []
    : Object.values(body).filter((value) => typeof value === 'string' && value.length >= TELLING_CHARACTERS)

/** The first as it is, then the one that is ours: what others have may be refused to us. */
const withOursEarly = (values: readonly string[], isOurs: (value: string) => boolean): string[] => {
  const [first, ...rest] = values
  if (first === undefined || isOurs(first)) return [...values]
  return [first, ...rest.filter(isOurs), ...rest.filter((value) => !isOurs(value))]
}

/** What is done to people, so that `POST /promote/:id` means one of them. Whoever is let in has to stay in. */
const DONE_TO_PEOPLE = /^(?:promote|demote|follow|unfollow|befriend|invite|verify|impersonate|grant)$/

/** `from` and `to` of a transfer say no kind of thing: these hold what is moved. */
const PEOPLE = ['user', 'account', 'member', 'customer']
const HOLDERS = ['account', 'wallet', 'user', 'customer', 'member']

export const createHarvest = (): Harvest => {
  let fresh: Shown[] = []
  let kept: readonly Shown[] = []
  let newborn: Shown[] = []
  const stored = new Map<string, Shown[]>()
  const ours = new Set<string>()
  const all = () => [...fresh, ...kept, ...newborn]
  const inStore = () => [...stored.values()].flat()

  const people = (things: readonly Shown[]) =>
    things.filter((one) => PEOPLE.some((kin) => isOf(kin)(one))).map(idOf)

  const valuesFor = (path: string, name: string, sent: string): (string | number | undefined)[] => {
    const near = before(path, name)
    const kin = kinOfPath(near)
    const ownNames = [name, snake(name), withoutKin(name, kin)]
    const names = [...ownNames, ...ID_NAMES]
    const owners = ownersOf(near, sent)
    const isBelow = (one: Shown) => [...owners].every(([above, id]) => one.owners.get(above) === id)
    const listed = goneLast(all().filter((one) => one.path === near))
    const here = [...listed.filter(isBelow), ...listed.filter((one) => !isBelow(one))]
    const direct = [...here.filter((one) => !one.nested), ...here.filter((one) => one.nested)]
    const rows = goneLast(inStore().filter(isOf(kin)))
    const byKin = (things: readonly Shown[]) => things.filter(isOf(stem(name))).map(idOf)
    return [
      ...direct.map((one) => pick(one, names)),
      ...(/id$/i.test(name) ? here.map(idOf) : []),
      ...(name === 'id' ? [] : all().map((one) => pick(one, ownNames))),
      ...byKin(all()),
      ...rows.map(
        (one) => pick(one, ownNames) ?? (name.length > 2 && !/id$/i.test(name) ? undefined : idOf(one)),
      ),
      ...byKin(inStore()),
      ...(name === 'id' && DONE_TO_PEOPLE.test(kin) ? people([...all(), ...inStore()]) : []),
    ]
  }

  return {
    keep(path, body, sent = path) {
      if (fresh.length < MANY) fresh.push(...thingsIn(path, parseJson(body), sent))
    },
    changed(path, body, sent) {
      const { path: near, sent: at, id } = itemIn(path, sent)
      const things = thingsIn(near, parseJson(body), at).filter((one) => String(idOf(one)) === id)
      fresh.unshift(...things.slice(0, 1))
    },
    made(path, body, sent = path) {
      if (newborn.length < MANY) newborn.push(...thingsIn(path, parseJson(body), sent))
    },
    ours(path, body, answer) {
      const shown = thingsIn(path, parseJson(answer), path).filter(({ nested }) => !nested)
      const id = shown.map(idOf).find((one) => one !== undefined)
      if (id !== undefined) ours.add(`${path} ${id}`)
      const told = shown.flatMap(({ thing }) => textsOf(thing))
      for (const text of [...textsOf(body), ...told]) ours.add(`${path} ${text}`)
    },
    rows(table, rows) {
      const path = `/${table}`
      stored.set(table, rows.flatMap((row) => thingsIn(path, row, path).slice(0, 1)).map(withKey))
    },
    renew() {
      kept = all()
      fresh = []
      newborn = []
      stored.clear()
    },
    forParameter(path, name, sent = path) {
      const values = [...new Set(valuesFor(path, name, sent).filter(usable).map(String))]
      return withOursEarly(values, (value) => ours.has(`${before(path, name)} ${value}`))
    },
    forField(name, path) {
      const word = stem(name)
      const things = [...all(), ...inStore()].filter((one) => idOf(one) !== undefined)
      const named = all().flatMap((one) => mentioned(one, name, word))
      const close = [isOf(word), endsLike(word)].map((test) => things.filter(test))
      const found = close.find((list) => list.length > 0) ?? named
      if (found.length > 0 || !ROLE.test(name)) return found
      const kins = [...kinsOfPath(path), ...HOLDERS]
      return kins.map((kin) => things.filter(isOf(kin))).find((list) => list.length > 0) ?? []
    },
  }
}

/** A field that says which part a thing plays, and not what it is. */
export const ROLE =
  /^(ids?|from|to|source|destination|sender|recipient|receiver|payer|payee|target)(_?ids?|Ids?|IDs?)?$/
