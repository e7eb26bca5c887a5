import { posix } from 'node:path'
import ts from 'typescript'
import type { Context } from '../context.ts'
import { inDir } from '../paths.ts'
import { bare, literalText, property, walk } from '../reads/syntax.ts'

const textOf = (expression: ts.Expression): string | null => {
  const literal = literalText(expression)
  if (literal !== null) return literal
  const node = bare(expression)
  if (ts.isArrayLiteralExpression(node)) {
    const [first] = node.elements
    return first === undefined ? null : textOf(first)
  }
  if (ts.isCallExpression(node) || ts.isBinaryExpression(node)) {
    const parts = ts.isCallExpression(node) ? node.arguments : [node.right]
    return (
      parts
        .map((part) => literalText(part))
        .filter((part) => part !== null)
        .join('/') || null
    )
  }
  return null
}

/** Folder of a setting: a pattern (`src/migrations/*.ts`) is cut at its first wildcard. */
const folderOf = (text: string) => {
  const head = text.split('*')[0] ?? text
  const folder = text.includes('*') ? head.slice(0, head.lastIndexOf('/') + 1) : head
  return folder.replace(/^\//, '').replace(/\/$/, '')
}

/** The migrations folder that a configuration file names: `migrations: { directory }`, `migrations: [pattern]`, `out`. */
export const configuredDir = ({ project, module }: Context, config: string): string | null => {
  const source = project.script(config)
  if (source === null) return null
  let found: string | null = null
  walk(source, (node) => {
    if (found !== null || !ts.isObjectLiteralExpression(node)) return
    const migrations = property(node, 'migrations')
    const inner = migrations === null ? null : bare(migrations)
    const value =
      inner !== null && ts.isObjectLiteralExpression(inner)
        ? (property(inner, 'directory') ?? property(inner, 'path') ?? property(inner, 'pathTs'))
        : (inner ?? property(node, 'out') ?? property(node, 'migrations-path'))
    const text = value === null ? null : textOf(value)
    if (text !== null && folderOf(text) !== '') found = folderOf(text)
  })
  if (found === null) return null
  const beside = inDir(posix.dirname(config), found)
  const below = inDir(module.dir, found)
  return [beside, below].find((dir) => project.under(dir).length > 0) ?? null
}
