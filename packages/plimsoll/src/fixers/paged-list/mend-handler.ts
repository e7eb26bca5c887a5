import ts from 'typescript'
import { addImport } from '../../instruments/source/edit/add-import.ts'
import { addProperties } from '../../instruments/source/edit/add-properties.ts'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import type { Project } from '../../instruments/source/project.ts'
import { bare, nodesOf, propertyOf } from '../../instruments/source/script-nodes.ts'
import { specifierOf } from '../file-of.ts'
import type { Fn } from '../find-handlers.ts'
import type { List } from './find-list.ts'
import type { Bounds, Paged } from './page-code.ts'
import { refusalFor } from './refuse.ts'

type Way = { module: string; bounds: Bounds; framework: Paged }

const WANTED: Readonly<Record<Paged, readonly string[]>> = {
  express: ['req', 'res'],
  fastify: ['request', 'reply'],
  koa: ['ctx'],
}

const uses = (fn: Fn, name: string) =>
  [...nodesOf(fn)].filter((node) => ts.isIdentifier(node) && node.text === name).length

/** Names of the parameters that are needed, which are added, or lose their underscore; null where that is not possible. */
const takeParameters = (edit: Edit, fn: Fn, wanted: readonly string[]): string[] | null => {
  const given = fn.parameters.slice(0, wanted.length)
  const names: string[] = []
  for (const { name } of given) {
    if (!ts.isIdentifier(name)) return null
    const plain = name.text.replace(/^_+/, '') || (wanted[names.length] ?? name.text)
    if (plain !== name.text && (uses(fn, plain) > 0 || uses(fn, name.text) > 1)) return null
    if (plain !== name.text) edit.overwrite(name.getStart(edit.source), name.end, plain)
    names.push(plain)
  }
  const missing = wanted.slice(names.length)
  if (missing.length === 0) return names
  if (missing.some((one) => uses(fn, one) > 0)) return null
  const last = given.at(-1)
  const start = fn.getStart(edit.source)
  const open = edit.source.text.indexOf('(', start)
  const head = edit.source.text.slice(start, last?.end ?? fn.body?.getStart(edit.source) ?? start)
  if (!head.includes('(')) {
    if (last === undefined) return null
    edit.overwrite(last.getStart(edit.source), last.end, `(${[...names, ...missing].join(', ')})`)
  } else edit.insert(last?.end ?? open + 1, `${last === undefined ? '' : ', '}${missing.join(', ')}`)
  return [...names, ...missing]
}

/** Fastify checks a query by its schema; false where the route has one that is not written out beside it. */
const addSchema = (edit: Edit, { handler: { route, fn } }: List): boolean => {
  if (route === null || /['"](?:zod|@sinclair\/typebox|@fastify\/type-provider)/.test(edit.source.text))
    return false
  const [first, second] = route.arguments
  if (second === fn) {
    edit.insert(fn.getStart(edit.source), '{ schema: { querystring: pageQuery } }, ')
    return true
  }
  const given = second ?? first
  const options = given === undefined ? null : bare(given)
  if (options === null || !ts.isObjectLiteralExpression(options)) return false
  const schema = propertyOf(options, 'schema')
  if (schema === null) {
    const isNamed = options.properties.some(
      (one) => one.name?.getText() === 'schema' || ts.isSpreadAssignment(one),
    )
    if (!isNamed) addProperties(edit, options, ['schema: { querystring: pageQuery }'])
    return !isNamed
  }
  const isFree = ts.isObjectLiteralExpression(schema) && propertyOf(schema, 'querystring') === null
  if (!isFree || propertyOf(schema, 'query') !== null || schema.properties.some(ts.isSpreadAssignment))
    return false
  addProperties(edit, schema, ['querystring: pageQuery'])
  return true
}

const linkLine = (framework: Paged, names: readonly string[]): string => {
  const [first = '', second = ''] = names
  if (framework === 'koa') return `${first}.set('Link', linkToNext(${first}.originalUrl, page))`
  if (framework === 'express') return `${second}.set('Link', linkToNext(${first}.originalUrl, page))`
  return `${second}.header('link', linkToNext(${first}.url, page))`
}

/** Reads which page is asked for before the list is, and tells of the next one after it. */
export const mendHandler = (project: Project, edit: Edit, list: List, way: Way): boolean => {
  const { handler, statement, name } = list
  const { framework, module, bounds } = way
  const names = takeParameters(edit, handler.fn, WANTED[framework])
  const [request = '', reply = request] = names ?? []
  if (names === null || request === '') return false
  const from = specifierOf(edit, module)
  if (framework === 'fastify') {
    if (!addSchema(edit, list)) return false
    addImport(edit, { from, name: 'linkToNext, pageQuery' })
    const typed = edit.style.typescript ? ' as { limit: number; offset: number }' : ''
    edit.before(statement, `const page = ${request}.query${typed}`)
  } else {
    addImport(edit, { from, name: 'linkToNext, readPage' })
    const refusal = refusalFor(project, handler, reply, {
      ...{ bounds, framework, typed: edit.style.typescript },
    })
    edit.before(statement, `const page = readPage(${request}.query)\n${refusal}`)
  }
  const line = linkLine(framework, names)
  edit.after(statement, `if (${name}.length > page.limit) {\n  ${name}.pop()\n  ${line}\n}`)
  return true
}
