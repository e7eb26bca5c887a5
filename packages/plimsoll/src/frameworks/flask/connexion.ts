import { posix } from 'node:path'
import type { Code } from '../../languages/python/code/code.ts'
import type { Call, Scope } from '../../languages/python/code/scope.ts'
import { argument, field, lineOf } from '../../languages/python/code/syntax.ts'
import type { Value } from '../../languages/python/code/values.ts'
import type { Route, Tristate, Unresolved } from '../../model/system.ts'
import type { RouteTable } from '../define.ts'
import { guardOf } from './guards.ts'
import type { Holder, Holders } from './holders.ts'
import { functionPlace } from './places.ts'
import {
  inlined,
  isTable,
  listOf,
  type Operation,
  readSpecification,
  type Specification,
  tableOf,
} from './specification.ts'

/** Routes that connexion makes out of the OpenAPI files given to `add_api`. */
export const connexionRoutes = (code: Code, holders: Holders): RouteTable => {
  const routes: Route[] = []
  const unresolved: Unresolved[] = []
  for (const call of code.callsOf('add_api')) {
    const callee = field(call.node, 'function')
    const on = callee === null ? [] : holders.of(field(callee, 'object'), call.scope)
    for (const holder of on.filter(({ kind }) => kind === 'connexion')) {
      const found = specificationOf(code, call, holder)
      if (found === null) {
        const what = call.node.text.split('\n')[0]?.slice(0, 100) ?? ''
        const place = { file: call.scope.file, line: lineOf(call.node) }
        unresolved.push({ what, why: 'its OpenAPI file was not found', place })
      } else routes.push(...readOperations(code, call, found))
    }
  }
  return { routes, unresolved }
}

/** The folder that paths are relative to is that of the file which makes the app. */
const specificationOf = (code: Code, call: Call, holder: Holder): Specification | null => {
  const written = code.evaluate.one(argument(call.node, 'specification', 0), call.scope)
  if (written.kind !== 'text') return null
  const { node, scope } = holder.value
  const folder = code.evaluate.one(argument(node, 'specification_dir'), scope)
  const inner = folder.kind === 'text' ? folder.text : ''
  const roots = [posix.dirname(scope.file), code.dir, posix.dirname(call.scope.file)]
  for (const root of roots)
    for (const file of [posix.join(root, inner, written.text), posix.join(root, written.text)]) {
      const found = readSpecification(code.project, posix.normalize(file))
      if (found !== null) return found
    }
  return null
}

const readOperations = (code: Code, call: Call, specification: Specification): Route[] => {
  const given = code.evaluate.one(argument(call.node, 'base_path', 1), call.scope)
  const base = given.kind === 'text' ? given.text.replace(/\/$/, '') : specification.basePath
  return specification.operations.map((operation) => routeOf(code, call, specification, base, operation))
}

const routeOf = (
  code: Code,
  call: Call,
  specification: Specification,
  base: string,
  one: Operation,
): Route => {
  const parameters = [...listOf(one.item.parameters), ...listOf(one.operation.parameters)].map((parameter) =>
    tableOf(specification.follow(parameter)),
  )
  const named = (where: string) =>
    parameters.filter((each) => each.in === where).map((each) => String(each.name))
  const schema = bodySchema(specification, one, parameters)
  const id = operationId(one)
  const handler = id === null ? null : findFunction(code, id, call.scope.file)
  const declared = securityOf(specification, one)
  return {
    method: one.method,
    path: (base + one.path).replace(/\{([^}]+)\}/g, ':$1') || '/',
    place: { file: specification.file, line: one.line },
    handler: { name: id, place: handler === null ? null : functionPlace(handler) },
    middlewares: [],
    guard:
      declared === 'yes' || handler === null
        ? declared
        : guardOf(code, { handler, decorators: [], hooks: [] }),
    validator: schema !== undefined || parameters.length > 0 ? 'yes' : 'no',
    ...(schema === undefined ? {} : { schemas: { body: schema } }),
    reads: {
      body: [...Object.keys(tableOf(tableOf(schema).properties)), ...named('formData')],
      query: named('query'),
      params: named('path'),
    },
    framework: 'flask',
  }
}

const operationId = ({ operation, item }: Operation): string | null => {
  const id = operation.operationId
  if (typeof id !== 'string') return null
  const keys = ['x-openapi-router-controller', 'x-swagger-router-controller']
  const controller = [operation, item]
    .flatMap((table) => keys.map((key) => table[key]))
    .find((key) => typeof key === 'string')
  return typeof controller === 'string' ? `${controller}.${id}` : id
}

/** `package.module.Class.method`, looked up as an import would. */
const findFunction = (code: Code, dotted: string, from: string): Scope | null => {
  const parts = dotted.split('.')
  for (let count = parts.length - 1; count > 0; count -= 1) {
    const located = code.locate(parts.slice(0, count).join('.'), from)
    if (located === null || 'folder' in located) continue
    const module: Value = { kind: 'module', file: located.file, folder: posix.dirname(located.file) }
    const found = parts
      .slice(count)
      .reduce<Value[]>(
        (values, name) => values.flatMap((value) => code.evaluate.attribute(value, name)),
        [module],
      )
    for (const value of found) if (value.kind === 'function') return value.scope
  }
  return null
}

/** `security: []` and an empty alternative both let anyone in. */
const securityOf = ({ root }: Specification, { operation }: Operation): Tristate => {
  const required = operation.security ?? root.security
  const alternatives = listOf(required)
  if (alternatives.length === 0) return 'no'
  return alternatives.every((one) => Object.keys(tableOf(one)).length > 0) ? 'yes' : 'no'
}

const bodySchema = (
  specification: Specification,
  { operation }: Operation,
  parameters: readonly Readonly<Record<string, unknown>>[],
): unknown => {
  const content = tableOf(tableOf(specification.follow(operation.requestBody)).content)
  const media = content['application/json'] ?? Object.values(content)[0]
  const old = parameters.find((each) => each.in === 'body')
  const schema = isTable(media) ? media.schema : old?.schema
  return schema === undefined ? undefined : inlined(specification, schema)
}
