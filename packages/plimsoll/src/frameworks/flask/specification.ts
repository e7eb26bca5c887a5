import { posix } from 'node:path'
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { Project } from '../../instruments/source/project.ts'

type Table = Readonly<Record<string, unknown>>

export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const tableOf = (value: unknown): Table => (isTable(value) ? value : {})
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** One operation of an OpenAPI file. */
export type Operation = { method: string; path: string; line: number; operation: Table; item: Table }

export type Specification = {
  file: string
  root: Table
  /** path that stands before all others, '' for none */
  basePath: string
  operations: Operation[]
  /** follows `$ref`s, in this file and to files beside it */
  follow(value: unknown): unknown
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']
const DEEPEST = 8

const load = (project: Project, file: string): Table => {
  const value = file.endsWith('.json') ? project.json(file) : project.yaml(file)?.[0]
  return tableOf(value)
}

const pointTo = (root: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, key) => tableOf(at)[key], root)

/** Line of each `path method`, as the file is written. */
const readLines = (text: string): Map<string, number> => {
  const counter = new LineCounter()
  const lines = new Map<string, number>()
  const paths = parseDocument(text, { lineCounter: counter }).get('paths', true)
  for (const path of isMap(paths) ? paths.items : [])
    for (const method of isMap(path.value) ? path.value.items : []) {
      const start = isScalar(method.key) ? method.key.range?.[0] : undefined
      if (start !== undefined) lines.set(`${path.key} ${method.key}`, counter.linePos(start).line)
    }
  return lines
}

const basePathOf = (root: Table): string => {
  const [server] = listOf(root.servers)
  const url = tableOf(server).url
  if (typeof url !== 'string')
    return typeof root.basePath === 'string' ? root.basePath.replace(/\/$/, '') : ''
  const variables = tableOf(tableOf(server).variables)
  const filled = url.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(tableOf(variables[name]).default ?? ''),
  )
  const path = URL.canParse(filled) ? new URL(filled).pathname : filled
  return path.replace(/\/$/, '')
}

/** @returns null when there is no such file, or it is not an OpenAPI file */
export const readSpecification = (project: Project, file: string): Specification | null => {
  if (!project.exists(file)) return null
  const root = load(project, file)
  if (!isTable(root.paths)) return null
  const follow = (value: unknown, from = file, depth = 0): unknown => {
    const reference = tableOf(value).$ref
    if (typeof reference !== 'string' || depth > DEEPEST) return value
    const [target = '', pointer = ''] = reference.split('#')
    const at = target === '' ? from : posix.join(posix.dirname(from), target)
    return follow(pointTo(at === file ? root : load(project, at), pointer), at, depth + 1)
  }
  const lines = readLines(project.text(file) ?? '')
  const operations = Object.entries(root.paths).flatMap(([path, written]) => {
    const item = tableOf(follow(written))
    return METHODS.filter((method) => isTable(item[method])).map((method) => ({
      method: method.toUpperCase(),
      path,
      line: lines.get(`${path} ${method}`) ?? 1,
      operation: tableOf(item[method]),
      item,
    }))
  })
  return { file, root, basePath: basePathOf(root), operations, follow: (value) => follow(value) }
}

/** The schema with its `$ref`s replaced by what they stand for, as deep as it is worth. */
export const inlined = (specification: Pick<Specification, 'follow'>, value: unknown, depth = 0): unknown => {
  const followed = specification.follow(value)
  if (depth > DEEPEST) return {}
  if (Array.isArray(followed)) return followed.map((item) => inlined(specification, item, depth + 1))
  if (!isTable(followed)) return followed
  return Object.fromEntries(
    Object.entries(followed).map(([key, inner]) => [key, inlined(specification, inner, depth + 1)]),
  )
}
