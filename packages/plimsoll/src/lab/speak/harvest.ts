/** Things the API has shown us, by the path they came from: what fills `:id` and `venueId`. */
export type Harvest = {
  keep(path: string, body: string): void
  /** another lab: what it shows goes before what was kept until now */
  renew(): void
  /** for a path parameter; null when nothing fits */
  forParameter(path: string, name: string): string | null
  /** for a field such as `venueId` or `venue_id`; undefined when nothing fits */
  forField(name: string): unknown
}

type Thing = Record<string, unknown>

const MANY = 2_000

const thingsIn = (value: unknown, depth = 0): Thing[] => {
  if (depth > 4 || value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.slice(0, 5).flatMap((item) => thingsIn(item, depth + 1))
  return [value as Thing, ...Object.values(value).flatMap((inner) => thingsIn(inner, depth + 1))]
}

const singular = (word: string) =>
  word
    .replace(/ies$/, 'y')
    .replace(/(s|x|z|ch|sh)es$/, '$1')
    .replace(/s$/, '')
const stem = (name: string) => name.replace(/(_id|Id|ID|_uuid|Uuid)$/, '').toLowerCase()

const usable = (value: unknown): value is string | number =>
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'string' && value !== '' && value.length < 200)

const pick = (thing: Thing, names: readonly string[]) => names.map((name) => thing[name]).find(usable)

/** Segments before the parameter: `/venues/:id/events` and `id` give `/venues`. */
const before = (path: string, name: string) => path.slice(0, path.indexOf(`/:${name}`))

export const createHarvest = (): Harvest => {
  let fresh: { path: string; thing: Thing }[] = []
  let kept: readonly { path: string; thing: Thing }[] = []
  const all = () => [...fresh, ...kept]
  const lastWord = (path: string) =>
    singular(
      path
        .split('/')
        .filter((part) => part !== '' && !part.startsWith(':'))
        .at(-1) ?? '',
    ).toLowerCase()
  return {
    keep(path, body) {
      if (fresh.length > MANY) return
      try {
        for (const thing of thingsIn(JSON.parse(body))) fresh.push({ path, thing })
      } catch {
        // not JSON: nothing to learn from
      }
    },
    renew() {
      kept = all()
      fresh = []
    },
    forParameter(path, name) {
      const names = [name, 'id', '_id', 'uuid', 'slug', 'key', 'name']
      const near = all().filter((one) => one.path === before(path, name))
      for (const { thing } of near) {
        const found = pick(thing, names)
        if (found !== undefined) return String(found)
      }
      const exact = name === 'id' ? [] : all()
      for (const { thing } of exact) {
        const found = pick(thing, [name])
        if (found !== undefined) return String(found)
      }
      const kin = all().find(
        (one) => lastWord(one.path) === stem(name) && pick(one.thing, ['id', '_id', 'uuid']) !== undefined,
      )
      return kin === undefined ? null : String(pick(kin.thing, ['id', '_id', 'uuid']))
    },
    forField(name) {
      if (!/(_id|Id|ID|_uuid|Uuid)$/.test(name)) return undefined
      const kin = all().find(({ path, thing }) => lastWord(path) === stem(name) && usable(thing.id))
      return (
        kin?.thing.id ??
        all()
          .map(({ thing }) => thing[name])
          .find(usable)
      )
    },
  }
}
