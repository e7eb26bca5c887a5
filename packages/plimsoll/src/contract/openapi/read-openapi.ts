import type { Api, ApiOperation } from '../api.ts'
import { basesOf } from './bases.ts'
import { createSchemas } from './convert-schema.ts'
import { groupOf, isGroup } from './group.ts'
import { type Complain, childOf, openDocuments, type Place } from './place.ts'
import { readBody, readOldBody } from './read-body.ts'
import { parameterPlaces, pathName, readParameters } from './read-parameters.ts'
import { readResponses, type WrittenLink } from './read-responses.ts'
import type { Dialect, Reading } from './reading.ts'

export type ReadOptions = {
  from: Api['from']
  /** a parsed file of the repo, by its path from the root; null where there is none. Never fetched from a network */
  readExternal?: (file: string) => unknown
  /** whether the app is known to serve it: decides between several base paths, the first stands where none is */
  serves?: (method: string, path: string) => boolean
  /** without the base path: two documents of one API may name different servers */
  bare?: boolean
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/** `2`, `3.0` or `3.1` by what the document says it is; null for anything else. */
const dialectOf = (version: string): Dialect | null => {
  if (version.startsWith('2')) return '2'
  if (version.startsWith('3.0')) return '3.0'
  return version.startsWith('3.') ? '3.1' : null
}

/** `/notes/{note-id}?kind=x` -> `/notes/:note_id` */
const normalPath = (template: string): string => {
  const path = template
    .replace(/[?#].*$/, '')
    .replace(/\{([^}]+)\}/g, (_, name: string) => `:${pathName(name)}`)
  return path.startsWith('/') ? path : `/${path}`
}

/** The first is what the document says; a gateway may add a base that the app itself does not know. */
const pathsOf = (bases: readonly string[], template: string): string[] =>
  [...bases, ''].map((base) => `${base}${normalPath(template)}`.replace(/(.)\/$/, '$1'))

const securityOf = (operation: unknown, root: unknown): ApiOperation['security'] => {
  const said = groupOf(operation).security ?? groupOf(root).security
  return Array.isArray(said) ? said.map((one) => Object.keys(groupOf(one))) : null
}

type Written = { operation: ApiOperation; links: WrittenLink[]; template: string }

const readOperation = (
  { item, root, method, paths }: { item: Place; root: Place; method: string; paths: readonly string[] },
  reading: Reading,
  serves: NonNullable<ReadOptions['serves']>,
): Omit<Written, 'template'> => {
  const place = childOf(item, method)
  const value = groupOf(place.value)
  const verb = method.toUpperCase()
  const path = paths.find((one) => serves(verb, one)) ?? paths[0] ?? '/'
  const parameters = parameterPlaces(item, place, reading)
  const { responses, links } = readResponses(place, root, reading)
  const operation = {
    id: typeof value.operationId === 'string' ? value.operationId : null,
    method: verb,
    path,
    parameters: readParameters(parameters, path, reading),
    body: reading.dialect === '2' ? readOldBody(place, root, parameters, reading) : readBody(place, reading),
    responses,
    security: securityOf(value, root.value),
    links: [],
    deprecated: value.deprecated === true,
    pointer: place.pointer,
  }
  return { operation, links }
}

const NOWHERE = () => false

const readPaths = (root: Place, reading: Reading, { serves = NOWHERE, bare }: ReadOptions): Written[] =>
  Object.keys(groupOf(groupOf(root.value).paths)).flatMap((template): Written[] => {
    if (template.startsWith('x-')) return []
    const item = reading.documents.follow(childOf(root, 'paths', template))
    if (!isGroup(item.value)) return []
    const { value } = item
    return METHODS.filter((method) => isGroup(value[method])).map((method) => {
      const paths = pathsOf(bare ? [] : basesOf(value[method], value, root.value), template)
      return { ...readOperation({ item, root, method, paths }, reading, serves), template }
    })
  })

/** Links name operations by `operationId` or by a pointer; here they become `GET /notes/:id`. */
const settleLinks = (written: readonly Written[]): ApiOperation[] => {
  const named = ({ operation }: Written) => `${operation.method} ${operation.path}`
  const byId = new Map(written.map((one) => [one.operation.id, named(one)]))
  const byPointer = new Map(written.map((one) => [one.operation.pointer, named(one)]))
  return written.map(({ operation, links }) => ({
    ...operation,
    links: links.flatMap(({ by, ...link }) => {
      const meant =
        by === 'id' ? byId.get(link.operation) : byPointer.get(link.operation.replace(/^[^#]*#/, ''))
      return meant === undefined ? [] : [{ ...link, operation: meant }]
    }),
  }))
}

const schemesOf = (root: Place, { documents }: Reading): NonNullable<Api['schemes']> =>
  Object.fromEntries(
    [childOf(root, 'components', 'securitySchemes'), childOf(root, 'securityDefinitions')].flatMap((holder) =>
      Object.keys(groupOf(holder.value)).map((name) => [
        name,
        groupOf(documents.follow(childOf(holder, name)).value),
      ]),
    ),
  )

/** Reads a parsed OpenAPI document of version 2, 3.0 or 3.1. What cannot be read is said in `problems`. */
export const readOpenapi = (document: unknown, options: ReadOptions): Api => {
  const value = groupOf(document)
  const version = String(value.openapi ?? value.swagger ?? '')
  const own = options.from.kind === 'repo' ? options.from.where : ''
  const problems = new Map<string, Api['problems'][number]>()
  const complain: Complain = ({ file, pointer }, problem) => {
    const where = file === own ? `#${pointer}` : `${file}#${pointer}`
    problems.set(`${where} ${problem}`, { where, problem })
  }
  const root: Place = { value, file: own, pointer: '' }
  const documents = openDocuments({ file: own, value }, options.readExternal ?? (() => null), complain)
  const dialect = dialectOf(version)
  if (dialect === null) complain(root, 'is no OpenAPI document of version 2 or 3')
  const schemas = createSchemas(documents, complain, dialect ?? '3.1')
  const reading: Reading = { dialect: dialect ?? '3.1', documents, schemas, complain }
  for (const holder of [childOf(root, 'components', 'schemas'), childOf(root, 'definitions')])
    for (const name of Object.keys(groupOf(holder.value))) schemas.define(childOf(holder, name))
  const written = dialect === null ? [] : readPaths(root, reading, options)
  return {
    from: options.from,
    version,
    title: String(groupOf(value.info).title ?? ''),
    release: String(groupOf(value.info).version ?? ''),
    schemes: schemesOf(root, reading),
    operations: settleLinks(written),
    definitions: schemas.definitions,
    problems: [...problems.values()],
  }
}
