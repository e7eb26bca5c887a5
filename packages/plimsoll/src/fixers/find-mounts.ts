import ts from 'typescript'
import type { Project } from '../instruments/source/project.ts'
import {
  bare,
  callsOf,
  importsOf,
  literalOf,
  methodOf,
  nameOf,
  propertyOf,
} from '../instruments/source/script-nodes.ts'
import { codeFiles } from './code-files.ts'
import { fileOf } from './file-of.ts'

/** A file whose routes are below a path, as another file says it. */
type Mount = { prefix: string; from: string; to: string }

const requiredIn = (node: ts.Expression): string | null => {
  const plain = bare(node)
  const isRequire = ts.isCallExpression(plain) && nameOf(plain.expression) === 'require'
  return isRequire ? literalOf(plain.arguments[0]) : null
}

/** `router`, `router.routes()`, `users.router` */
const rootName = (node: ts.Expression): string => {
  const plain = bare(node)
  return nameOf(ts.isCallExpression(plain) ? plain.expression : plain).split('.')[0] ?? ''
}

const mountsIn = (file: string, source: ts.SourceFile, files: readonly string[]): Mount[] => {
  const imports = importsOf(source)
  return [...callsOf(source)].flatMap((call): Mount[] => {
    const method = methodOf(call)
    const [first, ...rest] = call.arguments ?? []
    if (first === undefined || (method !== 'use' && method !== 'register')) return []
    const isPath = literalOf(first) !== null
    const prefix =
      method === 'use'
        ? (literalOf(first) ?? '')
        : (literalOf(propertyOf(rest[0], 'prefix') ?? undefined) ?? '')
    const given = method === 'use' ? (isPath ? rest : [first, ...rest]) : [first]
    return given.flatMap((one): Mount[] => {
      const from = requiredIn(one) ?? imports.get(rootName(one))?.from ?? ''
      const to = from.startsWith('.') ? fileOf(file, from, files) : null
      return to === null ? [] : [{ prefix, from: file, to }]
    })
  })
}

/** `new Router({ prefix: '/users' })` */
const ownPrefix = (source: ts.SourceFile): string => {
  for (const call of callsOf(source)) {
    const prefix = /Router$/.test(nameOf(call.expression)) ? propertyOf(call.arguments?.[0], 'prefix') : null
    const text = prefix === null ? null : literalOf(prefix)
    if (text !== null) return text
  }
  return ''
}

const DEEPEST = 4

const prefixesOf = (file: string, mounts: readonly Mount[], depth = 0): string[] => {
  const here = mounts.filter(({ to }) => to === file)
  if (here.length === 0 || depth > DEEPEST) return ['']
  return here.flatMap(({ prefix, from }) =>
    prefixesOf(from, mounts, depth + 1).map((above) => `${above}${prefix}`),
  )
}

/** One path, however many slashes it is written with. */
export const plainPath = (path: string): string => {
  const plain = path.replace(/\/{2,}/g, '/').replace(/\/$/, '')
  return plain === '' ? '/' : plain
}

/** What the paths of a file's routes begin with: '' where it is not mounted anywhere. */
export const findMounts = (project: Project): ((file: string) => string[]) => {
  const scripts = codeFiles(project)
  const files = scripts.map(({ file }) => file)
  const mounts = scripts.flatMap(({ file, source }) => mountsIn(file, source, files))
  return (file) => {
    const own = scripts
      .filter((one) => one.file === file)
      .map(({ source }) => ownPrefix(source))
      .join('')
    return [...new Set(prefixesOf(file, mounts).map((prefix) => `${prefix}${own}`))]
  }
}
