import type { Json } from '../../base/json/json.ts'
import type { Route, Service } from '../../model/system.ts'
import type { Api } from '../api.ts'
import { readOpenapi } from '../openapi/read-openapi.ts'
import { createComponents } from './components.ts'
import { createCatalogue } from './error-catalogue.ts'
import type { Group } from './json.ts'
import { freeName, operationId, tagOf } from './names.ts'
import type { Observed } from './observed.ts'
import { parametersOf } from './parameters.ts'
import { type Address, addressesOf, methodsOf, shapeOf } from './paths.ts'
import { bodyOf } from './request-body.ts'
import { responsesOf } from './responses.ts'
import { securityOf } from './security.ts'

export type DescribeOptions = {
  /** `info.version`; the commit is a good one */
  version?: string
  /** answers of the running app; they go before what the source declares */
  observed?: readonly Observed[]
}

export type Described = {
  /** an OpenAPI 3.1 document */
  document: Group
  /** what it cannot say: routes by regular expression, and what the survey could not resolve */
  leftOut: { what: string; why: string; source: string }[]
}

type Placed = { route: Route; method: string; original: Address; shown: Address }

const sourceOf = ({ handler, place }: Route) => {
  const { file, line } = handler.place ?? place
  return `${file}:${line}`
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Every operation with its path; the first to take a path and method keeps them, as in the app. */
const place = (routes: readonly Route[]): { placed: Placed[]; leftOut: Described['leftOut'] } => {
  const shown = new Map<string, Address>()
  const taken = new Map<string, Placed>()
  const leftOut: Described['leftOut'] = []
  const exact = routes.filter(({ method }) => method !== 'ANY')
  for (const route of [...exact, ...routes.filter(({ method }) => method === 'ANY')]) {
    const addresses = addressesOf(route)
    const methods = methodsOf(route)
    const what = `${route.method} ${route.path}`
    const why =
      addresses === null
        ? 'its path is no template'
        : methods.length === 0
          ? 'OpenAPI has no such method'
          : null
    if (why !== null) leftOut.push({ what, why, source: sourceOf(route) })
    for (const original of addresses ?? [])
      for (const method of methods) {
        const shape = shapeOf(original.template)
        const known = shown.get(shape) ?? original
        shown.set(shape, known)
        const key = `${method} ${shape}`
        if (!taken.has(key)) taken.set(key, { route, method, original, shown: known })
      }
  }
  const placed = [...taken.values()].sort(
    (a, b) => byText(a.shown.template, b.shown.template) || byText(a.method, b.method),
  )
  return { placed, leftOut }
}

const answersOf = (observed: readonly Observed[], { route, method }: Placed) =>
  observed.filter((one) => one.method === method && one.path === route.path)

/**
 * An OpenAPI 3.1 document of a service: what its validators, guards and handlers say, and how it answered. What is not
 * known is left out; nothing is guessed.
 */
export const describeService = (
  service: Pick<Service, 'name' | 'routes' | 'unresolved'>,
  { version = '0.0.0', observed = [] }: DescribeOptions = {},
): Described => {
  const components = createComponents()
  const catalogue = createCatalogue(observed, components)
  const schemes = new Map<string, Group>()
  const ids = new Set<string>()
  const tags = new Set<string>()
  const { placed, leftOut } = place(service.routes)
  const paths: { [template: string]: Group } = {}

  for (const one of placed) {
    const { route, method, shown } = one
    const { template } = shown
    const id = freeName(operationId(method, template), ids)
    ids.add(id)
    const tag = tagOf(template)
    if (tag !== null) tags.add(tag)
    const parameters = parametersOf(route, one.original, shown, components)
    const body = bodyOf(route, method, components)
    const operation: Group = {
      operationId: id,
      ...(tag === null ? {} : { tags: [tag] }),
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(body === null ? {} : { requestBody: body }),
      responses: responsesOf(route, answersOf(observed, one), components, catalogue.share),
      ...securityOf(route, schemes),
      'x-plimsoll-source': sourceOf(route),
    }
    const item = paths[template] ?? {}
    item[method.toLowerCase()] = operation
    paths[template] = item
  }

  const parts: Group = {
    ...(components.schemas.size === 0 ? {} : { schemas: sorted(components.schemas) }),
    ...(catalogue.responses.size === 0 ? {} : { responses: sorted(catalogue.responses) }),
    ...(schemes.size === 0 ? {} : { securitySchemes: sorted(schemes) }),
  }
  const document: Group = {
    openapi: '3.1.0',
    info: { title: service.name, version },
    ...(tags.size === 0 ? {} : { tags: [...tags].sort().map((name) => ({ name })) }),
    paths,
    ...(Object.keys(parts).length === 0 ? {} : { components: parts }),
  }
  const unresolved = service.unresolved.map(({ what, why, place: { file, line } }) => ({
    what,
    why,
    source: `${file}:${line}`,
  }))
  return { document, leftOut: [...leftOut, ...unresolved] }
}

const sorted = (entries: ReadonlyMap<string, Json>): Group =>
  Object.fromEntries([...entries].sort(([a], [b]) => byText(a, b)))

/** The same, as any other API is read. */
export const apiOfService = (
  service: Pick<Service, 'name' | 'routes' | 'unresolved'>,
  options: DescribeOptions = {},
): Api =>
  readOpenapi(describeService(service, options).document, {
    from: { kind: 'survey', where: 'the source' },
  })
