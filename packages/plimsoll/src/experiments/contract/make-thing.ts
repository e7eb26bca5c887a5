import { isSuccess } from '../../lab/speak/observe.ts'
import { singular, thingsIn, usable } from '../../lab/speak/things.ts'
import { readJson, tryBase } from './base.ts'
import type { Operation } from './operations.ts'
import type { Answer } from './send.ts'
import type { Trial } from './trial.ts'

/** The operations that make, show, change and remove one kind of thing. */
export type Family = {
  create: Operation
  /** path of one of them: `/venues/:venueId/halls/:id` */
  item: string
  parameter: string
  read: Operation | null
  replace: Operation | null
  change: Operation | null
  remove: Operation | null
  list: Operation | null
}

/** One thing that was made: its request and answer, and where it is. */
export type Thing = { made: Answer; path: string }

const same = (one: string, other: string) =>
  one.replace(/:\w+/g, ':').replace(/\/$/, '') === other.replace(/:\w+/g, ':').replace(/\/$/, '')

/** `POST /venues` makes what `/venues/:id` is. */
export const familiesOf = (operations: readonly Operation[]): Family[] =>
  operations
    .filter(({ described, role }) => described.method === 'POST' && role === 'write')
    .flatMap((create) => {
      const collection = create.described.path.replace(/\/$/, '')
      const items = operations.filter(({ described: { path } }) => {
        const rest = path.startsWith(`${collection}/:`) ? path.slice(collection.length + 1) : null
        return rest !== null && !rest.includes('/')
      })
      const [first] = items
      if (first === undefined) return []
      const of = (method: string, path = first.described.path) =>
        operations.find(({ described }) => described.method === method && same(described.path, path)) ?? null
      return [
        {
          create,
          item: first.described.path,
          parameter: first.described.path.slice(first.described.path.lastIndexOf(':') + 1),
          read: of('GET'),
          replace: of('PUT'),
          change: of('PATCH'),
          remove: of('DELETE'),
          list: of('GET', collection),
        },
      ]
    })

const atPointer = (value: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .filter((part) => part !== '')
    .reduce<unknown>(
      (at, part) => (at !== null && typeof at === 'object' ? Reflect.get(at, part) : undefined),
      value,
    )

/** What the document says of where the id stands in the answer. */
const linked = ({ described }: Operation, { parameter }: Family, answer: unknown): unknown[] =>
  described.links.flatMap(({ parameters }) => {
    const expression = parameters[parameter] ?? parameters[`path.${parameter}`]
    return expression?.startsWith('$response.body#') ? [atPointer(answer, expression.slice(15))] : []
  })

const lastSegment = (location: string | undefined) =>
  location === undefined
    ? undefined
    : decodeURIComponent(location.split('?')[0]?.replace(/\/$/, '').split('/').at(-1) ?? '')

/** Values that may be the new thing's id, the surest first. */
const idsIn = (family: Family, answer: Answer): string[] => {
  const { create, parameter } = family
  const body = readJson(answer)
  const [thing] = thingsIn(create.described.path, body, answer.sent.path)
    .map(({ thing: found }) => found)
    .filter((found) => [found[parameter], found.id, found._id, found.uuid, found.slug].some(usable))
  const kin = singular(create.described.path.split('/').at(-1) ?? '')
  const named =
    thing === undefined
      ? []
      : [thing[parameter], thing.id, thing._id, thing.uuid, thing.slug, thing[`${kin}_id`], thing[`${kin}Id`]]
  const found = [...linked(create, family, body), ...named, lastSegment(answer.exchange.headers.location)]
  return [...new Set(found.filter(usable).map(String))]
}

/** The path of one thing, parents as they were in the path of the request that made it. */
const pathOf = ({ item }: Family, made: Answer, id: string) => {
  const sent = (made.sent.path.split('?')[0] ?? '').replace(/\/$/, '').split('/')
  return item
    .split('/')
    .map((segment, at, all) => (at === all.length - 1 ? encodeURIComponent(id) : (sent[at] ?? segment)))
    .join('/')
}

/** Makes one more; null where that does not work, or its id is not to be found. */
export const makeThing = async (trial: Trial, family: Family): Promise<Thing | null> => {
  const request = (await tryBase(trial, family.create))?.request
  const made = request === undefined ? null : await trial.sender.send(request)
  if (made === null || !isSuccess(made.exchange) || made.exchange.status === 202) return null
  const paths = idsIn(family, made).map((id) => pathOf(family, made, id))
  const { headers } = made.sent
  if (family.read === null) return paths[0] === undefined ? null : { made, path: paths[0] }
  for (const path of paths.slice(0, 3)) {
    const read = await trial.sender.send({ method: 'GET', path, ...(headers !== undefined && { headers }) })
    if (read !== null && isSuccess(read.exchange)) return { made, path }
  }
  return null
}
