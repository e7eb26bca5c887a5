import { posix } from 'node:path'
import ts from 'typescript'

/** A string literal, and the file it stands in. */
export type Literal = { file: string; node: ts.StringLiteralLike; source: ts.SourceFile }
export type Scripts = (file: string) => ts.SourceFile | null

type Binding = ts.Expression | { specifier: string; exported: string }

/** What each top-level or local name of a file stands for; null when it is declared more than once. */
const bindingsOf = (source: ts.SourceFile) => {
  const bindings = new Map<string, Binding | null>()
  const bind = (name: string, binding: Binding | null) =>
    bindings.set(name, bindings.has(name) ? null : binding)
  const visit = (node: ts.Node): void => {
    if ((ts.isVariableDeclaration(node) || ts.isParameter(node)) && ts.isIdentifier(node.name)) {
      bind(node.name.text, node.initializer ?? null)
    }
    if (ts.isImportSpecifier(node) && ts.isStringLiteralLike(node.parent.parent.parent.moduleSpecifier)) {
      const specifier = node.parent.parent.parent.moduleSpecifier.text
      bind(node.name.text, { specifier, exported: (node.propertyName ?? node.name).text })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return bindings
}

const ENDINGS = ['', '.ts', '.js', '.mjs', '/index.ts', '/index.js']

const openRelative = (file: string, specifier: string, scripts: Scripts) => {
  if (!specifier.startsWith('.')) return null
  const base = posix.join(posix.dirname(file), specifier)
  const paths = ENDINGS.map((ending) => `${base}${ending}`).concat(base.replace(/\.js$/, '.ts'))
  for (const path of paths) {
    const source = scripts(path)
    if (source) return { file: path, source }
  }
  return null
}

const propertyOf = (object: ts.ObjectLiteralExpression, name: string) =>
  object.properties.find(
    (one): one is ts.PropertyAssignment => ts.isPropertyAssignment(one) && one.name.getText() === name,
  )?.initializer

const MOST_HOPS = 4

/** Follows constants, their properties and relative imports to a string literal; null when it ends elsewhere. */
export const resolveLiteral = (
  node: ts.Expression,
  at: { file: string; source: ts.SourceFile },
  scripts: Scripts,
  hopsLeft = MOST_HOPS,
): Literal | null => {
  if (ts.isStringLiteralLike(node)) return { ...at, node }
  const property = ts.isPropertyAccessExpression(node) ? node.name.text : null
  const name = ts.isPropertyAccessExpression(node) ? node.expression : node
  if (!ts.isIdentifier(name)) return null
  const follow = (binding: Binding | null | undefined, place: typeof at, left: number): Literal | null => {
    if (binding === null || binding === undefined || left === 0) return null
    if ('specifier' in binding) {
      const opened = openRelative(place.file, binding.specifier, scripts)
      return opened && follow(bindingsOf(opened.source).get(binding.exported), opened, left - 1)
    }
    const object = ts.isAsExpression(binding) ? binding.expression : binding
    if (property === null) return resolveLiteral(object, place, scripts, left - 1)
    const value = ts.isObjectLiteralExpression(object) ? propertyOf(object, property) : undefined
    return value ? resolveLiteral(value, place, scripts, left - 1) : null
  }
  return follow(bindingsOf(at.source).get(name.text), at, hopsLeft)
}
