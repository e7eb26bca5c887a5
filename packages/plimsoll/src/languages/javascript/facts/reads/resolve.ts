import ts from 'typescript'
import type { Project } from '../../../../instruments/source/project.ts'
import { createResolver as createModuleResolver } from '../../code/resolve-module.ts'
import { bare, nameOfProperty, property, type Script, specifierOf } from './syntax.ts'

type Declaration = { expression: ts.Expression; script: Script }

/** Where a name of a file comes from: an initialiser, or an export of another file (`key` null: all of it). */
type Binding =
  | { kind: 'value'; expression: ts.Expression; path: string[] }
  | { kind: 'import'; specifier: string; key: string | null; path: string[] }

const kept = new WeakMap<ts.SourceFile, Map<string, Binding>>()

const bindingsOf = (source: ts.SourceFile): Map<string, Binding> => {
  const before = kept.get(source)
  if (before !== undefined) return before
  const bindings = new Map<string, Binding>()
  kept.set(source, bindings)
  const add = (name: string, binding: Binding) => {
    if (!bindings.has(name)) bindings.set(name, binding)
  }
  const bind = (name: ts.BindingName, expression: ts.Expression, path: string[]): void => {
    if (ts.isIdentifier(name)) {
      const specifier = specifierOf(bare(expression))
      if (specifier === null) add(name.text, { kind: 'value', expression, path })
      else add(name.text, { kind: 'import', specifier, key: null, path })
    } else if (ts.isObjectBindingPattern(name)) {
      for (const element of name.elements) {
        const key = nameOfProperty(element.propertyName ?? element.name)
        if (key !== null) bind(element.name, expression, [...path, key])
      }
    }
  }
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined)
      bind(node.name, node.initializer, [])
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const specifier = node.moduleSpecifier.text
      const clause = node.importClause
      if (clause?.name) add(clause.name.text, { kind: 'import', specifier, key: 'default', path: [] })
      const named = clause?.namedBindings
      if (named && ts.isNamespaceImport(named))
        add(named.name.text, { kind: 'import', specifier, key: null, path: [] })
      if (named && ts.isNamedImports(named))
        for (const one of named.elements)
          add(one.name.text, {
            kind: 'import',
            specifier,
            key: (one.propertyName ?? one.name).text,
            path: [],
          })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return bindings
}

const isModuleExports = (node: ts.Expression) =>
  ts.isPropertyAccessExpression(node) && node.getText() === 'module.exports'

/** What a file exports under a name; `default` falls back to `module.exports`, null means all of it. */
const exported = (source: ts.SourceFile, key: string | null): ts.Expression | null => {
  for (const statement of source.statements) {
    if (ts.isExportAssignment(statement) && (key === 'default' || key === null)) return statement.expression
    if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue
    const { left, right } = statement.expression
    if (isModuleExports(left) && (key === null || key === 'default')) return right
    if (isModuleExports(left) && ts.isObjectLiteralExpression(bare(right)) && key !== null) {
      const object = bare(right)
      const value = ts.isObjectLiteralExpression(object) ? property(object, key) : null
      if (value !== null) return value
    }
    if (
      ts.isPropertyAccessExpression(left) &&
      left.name.text === key &&
      /^(module\.)?exports\./.test(left.getText())
    )
      return right
  }
  return key !== null && key !== 'default' ? (ts.factory.createIdentifier(key) as ts.Expression) : null
}

/** Follows names and property paths to the expression that gives the value, across files of the project. */
export const createResolver = (project: Project) => {
  const modules = createModuleResolver(project)
  const fileOf = (from: string, specifier: string): string | null => {
    const found = modules(from, specifier)
    return found.kind === 'file' ? found.file : null
  }

  const open = (file: string): Script | null => {
    const source = project.script(file)
    return source === null ? null : { file, source }
  }

  const alongPath = (declaration: Declaration, path: string[], depth: number): Declaration | null => {
    let at: Declaration | null = declaration
    for (const key of path) {
      const value: Declaration | null = at === null ? null : follow(at.expression, at.script, depth + 1)
      const object = value === null ? null : bare(value.expression)
      if (value === null || object === null || !ts.isObjectLiteralExpression(object)) return null
      const next = property(object, key)
      at = next === null ? null : { expression: next, script: value.script }
    }
    return at
  }

  const ofName = (name: string, script: Script, depth: number): Declaration | null => {
    const binding = bindingsOf(script.source).get(name)
    if (binding === undefined) return null
    if (binding.kind === 'value') {
      const here = { expression: binding.expression, script }
      return binding.path.length === 0 ? here : alongPath(here, binding.path, depth)
    }
    const file = fileOf(script.file, binding.specifier)
    const other = file === null ? null : open(file)
    if (other === null) return null
    const [first, ...rest] = binding.path
    const key = binding.key ?? first ?? null
    const value = exported(other.source, key)
    if (value === null) return null
    const found =
      ts.isIdentifier(value) && value.pos < 0
        ? ofName(value.text, other, depth + 1)
        : { expression: value, script: other }
    return found === null ? null : alongPath(found, binding.key === null ? rest : binding.path, depth)
  }

  /** The end of the chain of names, or the expression itself when it is no name; null when it leaves what is known. */
  const follow = (expression: ts.Expression, script: Script, depth = 0): Declaration | null => {
    const node = bare(expression)
    if (depth > 8) return null
    if (ts.isIdentifier(node)) {
      const next = ofName(node.text, script, depth)
      return next === null ? null : follow(next.expression, next.script, depth + 1)
    }
    if (ts.isPropertyAccessExpression(node) && node.getText(script.source) !== 'process.env') {
      const owner = bare(node.expression)
      if (ts.isIdentifier(owner)) {
        const through = namespaceMember(owner.text, node.name.text, script, depth)
        if (through !== null) return follow(through.expression, through.script, depth + 1)
      }
      const object = follow(node.expression, script, depth + 1)
      const inner = object === null ? null : bare(object.expression)
      if (object === null || inner === null || !ts.isObjectLiteralExpression(inner))
        return { expression: node, script }
      const value = property(inner, node.name.text)
      return value === null ? null : follow(value, object.script, depth + 1)
    }
    return { expression: node, script }
  }

  const namespaceMember = (name: string, key: string, script: Script, depth: number): Declaration | null => {
    const binding = bindingsOf(script.source).get(name)
    if (binding?.kind !== 'import' || binding.key !== null || binding.path.length > 0) return null
    const file = fileOf(script.file, binding.specifier)
    const other = file === null ? null : open(file)
    const value = other === null ? null : exported(other.source, key)
    if (other === null || value === null) return null
    return ts.isIdentifier(value) && value.pos < 0
      ? ofName(value.text, other, depth + 1)
      : { expression: value, script: other }
  }

  return { follow }
}
export type Resolver = ReturnType<typeof createResolver>
