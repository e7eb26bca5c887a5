import { parseJson } from '../../base/json/parse-json.ts'
import type { RequestOptions } from '../../lab/lab.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import { idOf } from '../../lab/speak/things.ts'
import type { Exchange } from '../../model/evidence.ts'
import { isRateLimited } from '../../model/reading/rate-limit.ts'
import { objectsIn } from './harm.ts'
import type { Cell } from './seen.ts'
import { fieldsOf, type Thing } from './thing.ts'

/** What somebody's things are recognised by. */
export type Signs = {
  /** text -> `note.title` */
  texts: ReadonlyMap<string, string>
  /** things that no text could be planted in */
  bare: readonly Thing[]
  /** pattern of the path that is read: what was created there is known by its id alone in the list there */
  home?: string
}

export const signsOf = (things: readonly Thing[]): Signs => ({
  texts: new Map(
    things.flatMap(({ kin, planted }) => planted.map(({ field, text }) => [text, `${kin}.${field}`])),
  ),
  bare: things.filter(({ planted }) => planted.length === 0),
})

const decoded = (path: string) => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const LEAST_FIELDS = 3
const LEAST_EQUAL = 0.7

/** An object with its id, and nearly all of its fields as they were: there is no other such object. */
const isThing = (object: Record<string, unknown>, { fields, kin, path }: Thing, home?: string): boolean => {
  const id = idOf({ thing: fields, kin })
  if (id === undefined || idOf({ thing: object, kin }) !== id) return false
  if (path === home) return true
  const own = Object.entries(fields)
  const theirs = fieldsOf(object)
  const equal = own.filter(([name, value]) => theirs[name] === value).length
  return equal >= LEAST_FIELDS && equal / own.length >= LEAST_EQUAL
}

/** The fields whose texts stand in the answer, and did not stand in the request; the kind of what is known by its id. */
export const shownIn = (
  answer: Exchange,
  request: RequestOptions,
  { texts, bare, home }: Signs,
): string[] => {
  if (!isSuccess(answer)) return []
  const body = answer.body.toLowerCase()
  const asked = `${decoded(request.path)} ${JSON.stringify(request.body) ?? ''}`.toLowerCase()
  const found = [...texts]
    .filter(([text]) => body.includes(text) && !asked.includes(text))
    .map(([, field]) => field)
  const objects = bare.length === 0 ? [] : objectsIn(parseJson(answer.body)).map(({ object }) => object)
  const whole = bare
    .filter((thing) => objects.some((object) => isThing(object, thing, home)))
    .map(({ kin }) => kin)
  return [...new Set([...found, ...whole])].sort()
}

/** `[]`, also one step inside of an object. */
const isEmptyList = (answer: Exchange): boolean => {
  if (!isSuccess(answer)) return false
  const body = parseJson(answer.body)
  const lists = [body, ...(body !== null && typeof body === 'object' ? Object.values(body) : [])].filter(
    Array.isArray,
  )
  return lists.length === 1 && lists[0]?.length === 0
}

export const cellOf = (principal: string, answer: Exchange, shows: readonly string[] = []): Cell => ({
  principal,
  status: answer.status,
  shows: [...shows],
  harm: [],
  limited: isRateLimited(answer),
  ...(isEmptyList(answer) && { empty: true }),
})
