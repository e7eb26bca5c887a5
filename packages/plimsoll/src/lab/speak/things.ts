/** One object that was shown, with what it is called there. */
export type Shown = {
  /** path of the route, with its parameters' names */
  path: string
  /** what it is called: `seat` for an item of `GET /events/:id/seats`, or of a list `seats` in an answer */
  kin: string
  thing: Readonly<Record<string, unknown>>
  /** it stood inside another thing that has an id */
  nested: boolean
  /** kin -> id of the things it was shown below: `/events/3/seats` shows seats of event 3 */
  owners: ReadonlyMap<string, string>
}

const PER_LIST = 12
const WRAPPERS =
  /^(data|items?|results?|rows?|records?|list|content|docs?|payload|response|values?|body|edges|node|_embedded)$/i

export const singular = (word: string) =>
  word
    .replace(/ies$/, 'y')
    .replace(/(s|x|z|ch|sh)es$/, '$1')
    .replace(/s$/, '')

const wordsOf = (path: string) => path.split('/').filter((part) => part !== '' && !part.startsWith(':'))

/** `POST /new-order` makes an order. */
const MAKING = /^(?:new|create|add|make)[-_](?=\w)/

const kinOfWord = (word: string) => singular(word).toLowerCase().replace(MAKING, '')

export const kinOfPath = (path: string) => kinOfWord(wordsOf(path).at(-1) ?? '')

/** Kins of a path's words, the last first: `/accounts/:id/withdraw` gives `withdraw`, `account`. */
export const kinsOfPath = (path: string) => wordsOf(path).map(kinOfWord).reverse()

/** `eventId`, `event_id`, `seatIds` → `event`, `event`, `seat`; what is no reference stays as it is, lower case. */
export const stem = (name: string) =>
  name
    .replace(/(_?ids?|Ids?|IDs?|_uuids?|Uuids?)$/, '')
    .toLowerCase()
    .replaceAll('_', '')
    .replaceAll('-', '')

/** `order_lines` and `orderLines` and `order-lines` are one word. */
export const sameKin = (one: string, other: string) => one.replace(/[_-]/g, '') === other.replace(/[_-]/g, '')

export const usable = (value: unknown): value is string | number =>
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'string' && value !== '' && value.length < 200)

/** What others call it by: `id`, `_id`, `uuid`, `seat_id`; undefined when it has no such name. */
export const idOf = ({ thing, kin }: Pick<Shown, 'thing' | 'kin'>): string | number | undefined =>
  [thing.id, thing._id, thing.uuid].find(usable) ??
  Object.entries(thing)
    .filter(([name]) => /id$/i.test(name) && sameKin(stem(name), kin))
    .map(([, value]) => value)
    .find(usable)

/** Values in the places of the path's parameters, by the kin of the word before each. */
export const ownersOf = (path: string, sent: string): Map<string, string> => {
  const owners = new Map<string, string>()
  const parts = (sent.split('?')[0] ?? '').split('/')
  path.split('/').forEach((part, index, all) => {
    const value = parts[index]
    if (!part.startsWith(':') || value === undefined) return
    const word = all[index - 1] ?? ''
    const kin = word.startsWith(':') || word === '' ? stem(part.slice(1)) : singular(word).toLowerCase()
    owners.set(kin, decodeURIComponent(value))
  })
  return owners
}

type Below = Omit<Shown, 'thing'>

const walk = (value: unknown, below: Below, depth: number): Shown[] => {
  if (depth > 5 || value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.slice(0, PER_LIST).flatMap((item) => walk(item, below, depth + 1))
  const thing: Shown['thing'] = Object.fromEntries(Object.entries(value))
  const own: Shown = { ...below, thing }
  const id = idOf(own)
  return [
    own,
    ...Object.entries(thing).flatMap(([key, inner]) =>
      walk(
        inner,
        {
          ...below,
          kin: WRAPPERS.test(key) && id === undefined ? below.kin : singular(key).toLowerCase(),
          nested: below.nested || id !== undefined,
          owners: id === undefined ? below.owners : new Map([...below.owners, [below.kin, String(id)]]),
        },
        depth + 1,
      ),
    ),
  ]
}

/**
 * Every object in an answer.
 * @param sent the path as it was asked for, parameters filled
 */
export const thingsIn = (path: string, answer: unknown, sent: string): Shown[] =>
  walk(answer, { path, kin: kinOfPath(path), nested: false, owners: ownersOf(path, sent) }, 0)
