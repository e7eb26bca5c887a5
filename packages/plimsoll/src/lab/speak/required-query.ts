import { operationOfRoute } from '../../contract/find-operation.ts'
import type { Route } from '../../model/system.ts'
import { findRepoApi } from '../api/repo-api.ts'
import { dereference, fromSchema } from './from-schema.ts'
import type { Harvest } from './harvest.ts'
import { improve } from './improve.ts'
import { lessonsOf } from './learn.ts'
import type { SpeakSources } from './speak.ts'
import { idOf, kinOfPath } from './things.ts'
import { valueForName } from './value-for.ts'

type Query = Readonly<Record<string, string>>

const textOf = (value: unknown): string | null => {
  const one = Array.isArray(value) ? value[0] : value
  // A text that is new in every request finds nothing; this one may at least be found again.
  return one === null || typeof one === 'object' || one === undefined
    ? null
    : String(one).replaceAll(/\{\{\w+\}\}/g, 'plimsoll')
}

const withText = (name: string, value: unknown): Query => {
  const text = textOf(value)
  return text === null ? {} : { [name]: text }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const documented = (route: Route, sources: SpeakSources): Query => {
  const api = findRepoApi(sources, sources.service.routes)
  const parameters = (api === null ? null : operationOfRoute(api, route))?.parameters ?? []
  return Object.assign(
    {},
    ...parameters
      .filter((one) => one.in === 'query' && one.required)
      .map(({ name, schema, examples }) =>
        withText(name, examples[0] ?? fromSchema(schema, { $defs: api?.definitions }, name)),
      ),
  )
}

const checked = ({ schemas }: Route): Query => {
  const schema = dereference(schemas?.query, schemas?.query)
  if (!isRecord(schema) || !Array.isArray(schema.required) || !isRecord(schema.properties)) return {}
  const { required, properties } = schema
  return Object.assign(
    {},
    ...required.map(String).map((name) => withText(name, fromSchema(properties[name], schemas?.query, name))),
  )
}

/** What a read cannot do without in its query, as the repo's document, or a validator in the source, has it. */
export const requiredQuery = (route: Route, sources: SpeakSources): Query => ({
  ...checked(route),
  ...documented(route, sources),
})

const OF_A_THING = /^id$|(?:_id|Id|ID)$/
const OF_A_PERSON = /^(?:profile|me|account|dashboard)$/

/** `id` below `/seat` is that of a seat; `user` may be that of a user. */
const fieldFor = (name: string, path: string): string => {
  if (name !== 'id') return OF_A_THING.test(name) ? name : `${name}Id`
  const kin = kinOfPath(path)
  return OF_A_PERSON.test(kin) ? 'userId' : `${kin}Id`
}

const thingOr = (name: string, path: string, harvest: Harvest): string | null => {
  const [thing] = harvest.forField(fieldFor(name, path), path)
  const id = thing === undefined ? undefined : idOf(thing)
  if (id !== undefined) return String(id)
  return OF_A_THING.test(name) ? '1' : textOf(valueForName(name))
}

/** What the code reads of the query beside what was sent; null where that is nothing. */
export const readQuery = ({ reads, path }: Route, sent: Query, harvest: Harvest): Query | null => {
  const names = (reads?.query ?? []).filter((name) => sent[name] === undefined)
  const found = names.flatMap((name) => {
    const text = thingOr(name, path, harvest)
    return text === null ? [] : [[name, text] as const]
  })
  return found.length === 0 ? null : { ...sent, ...Object.fromEntries(found) }
}

const IN_QUERY = /^query(?:string)?$/i

/** The query with what a refusal asks for; null where it asks for nothing that was not sent. */
export const improveQuery = (query: Query, refusal: string): Query | null => {
  const lessons = lessonsOf(refusal)
    .map((lesson) => ({ ...lesson, path: lesson.path.filter((key, at) => at > 0 || !IN_QUERY.test(key)) }))
    .filter(({ path }) => path.length === 1)
  const better: Query = Object.assign(
    {},
    ...Object.entries(improve(query, lessons)).map(([name, value]) => withText(name, value)),
  )
  return JSON.stringify(better) === JSON.stringify(query) ? null : better
}

export const withQuery = (path: string, query: Query): string =>
  Object.keys(query).length === 0 ? path : `${path}?${new URLSearchParams(query)}`
