import ts from 'typescript'
import { pathOf } from './builtins/platform.ts'
import type { Machine } from './machine.ts'
import { declare, declareLazy, lookUp, openScope } from './scope.ts'
import { hoist } from './statements.ts'
import {
  constant,
  type Dictionary,
  dictionary,
  type Host,
  host,
  list,
  native,
  type Scope,
  textOf,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts'

/** One module of the target. */
type Module = {
  file: string
  scope: Scope
  /** `module`, whose field `exports` CommonJS code may replace */
  own: Dictionary
  /** names that `export` gives away, computed when asked for */
  table: Map<string, () => Value>
  /** modules whose every export is passed on */
  stars: string[]
  finished: boolean
}

export type Modules = {
  open(file: string): Module | null
  exported(module: Module, name: string): Value | null
  namespace(module: Module): Dictionary
  /** what `require` of it gives */
  required(module: Module): Value
  load(from: string, specifier: string, how: 'require' | 'namespace'): Value
}

const DATA = /\.json$/

const fromJson = (value: unknown): Value => {
  if (Array.isArray(value)) return list(value.map(fromJson))
  if (typeof value === 'object' && value !== null)
    return dictionary(Object.entries(value).map(([key, field]) => [key, fromJson(field)]))
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return plain ? constant(value) : constant(null)
}

export const createModules = (
  machine: Machine,
  packages: (name: string, subpath: string) => Value,
): Modules => {
  const { project } = machine.world
  const opened = new Map<string, Module | null>()

  const open = (file: string): Module | null => {
    const before = opened.get(file)
    if (before !== undefined) return before
    const source = project.script(file)
    if (source === null) {
      opened.set(file, null)
      return null
    }
    const own = dictionary([['exports', dictionary([], { node: source })]])
    const scope = openScope(null, file, { isFunction: true, self: machine.get(own, 'exports') })
    const module: Module = { file, scope, own, table: new Map(), stars: [], finished: false }
    opened.set(file, module)
    declareModuleNames(module)
    hoist(machine, source.statements, scope)
    for (const statement of source.statements) declareImports(module, statement)
    for (const statement of source.statements) declareExports(module, statement)
    const { progress } = machine
    const { maybe, keeping } = progress
    progress.maybe = 0
    progress.keeping = 0
    progress.returns.push([])
    for (const statement of source.statements) runTop(module, statement)
    progress.returns.pop()
    progress.maybe = maybe
    progress.keeping = keeping
    module.finished = true
    return module
  }

  const declareModuleNames = ({ scope, own, file }: Module) => {
    declare(scope, 'module', own, null)
    declareLazy(scope, 'exports', () => machine.get(own, 'exports'), null)
    declare(scope, '__filename', constant(pathOf(file)), null)
    declare(scope, '__dirname', constant(pathOf(file).replace(/\/[^/]*$/, '')), null)
    declare(scope, 'require', requirer(file), null)
  }

  const requirer = (file: string): Host => {
    const load = native('require', ({ args: [given] }) => {
      const specifier = textOf(given)
      return specifier === null
        ? unknown('a module whose name is computed')
        : loadFrom(file, specifier, 'require')
    })
    load.fields.set(
      'resolve',
      native('require.resolve', ({ args: [given] }) => given ?? UNDEFINED),
    )
    return load
  }

  const loadFrom = (from: string, specifier: string, how: 'require' | 'namespace'): Value => {
    const inside = specifier.replace(/^file:\/\//, '')
    const relative = inside.startsWith('/project/') ? inside.slice('/project'.length) : inside
    const found = machine.world.resolve(from, relative)
    if (found.kind === 'missing') return unknown(`the module "${specifier}", which is not in the repository`)
    if (found.kind === 'package') return packages(found.name, found.subpath)
    if (DATA.test(found.file)) return fromJson(project.json(found.file))
    const module = open(found.file)
    if (module === null) return unknown(`the module "${specifier}", which cannot be read`)
    return how === 'require' ? required(module) : namespace(module)
  }

  const commonjs = (module: Module): Value => machine.get(module.own, 'exports')

  const required = (module: Module): Value =>
    module.table.size > 0 || module.stars.length > 0 ? namespace(module) : commonjs(module)

  const isEmpty = (value: Value) => value.kind === 'dictionary' && value.fields.size === 0

  const exported = (module: Module, name: string, seen = new Set<Module>()): Value | null => {
    if (seen.has(module)) return null
    seen.add(module)
    const own = module.table.get(name)
    if (own !== undefined) return own()
    for (const specifier of module.stars) {
      const found = machine.world.resolve(module.file, specifier)
      if (found.kind !== 'file') continue
      const next = open(found.file)
      const value = next === null || name === 'default' ? null : exported(next, name, seen)
      if (value !== null) return value
    }
    const whole = commonjs(module)
    const isModule = module.table.size > 0 || module.stars.length > 0
    if (isModule && isEmpty(whole)) return null
    if (name !== 'default') {
      const value = machine.get(whole, name)
      return value === UNDEFINED && whole.kind === 'dictionary' ? null : value
    }
    const named = whole.kind === 'dictionary' ? whole.fields.get('default') : undefined
    return named ?? whole
  }

  const namespace = (module: Module): Dictionary => {
    const whole = commonjs(module)
    const made = dictionary([], { node: whole.kind === 'dictionary' ? whole.node : null })
    for (const [name, value] of machine.world.fields(whole) ?? []) made.fields.set(name, value)
    if (!isEmpty(whole)) made.fields.set('default', whole)
    for (const specifier of module.stars) {
      const found = machine.world.resolve(module.file, specifier)
      const next = found.kind === 'file' ? open(found.file) : null
      if (next === null || next === module || !next.finished) continue
      for (const [name, value] of namespace(next).fields) if (name !== 'default') made.fields.set(name, value)
    }
    for (const [name, value] of module.table) made.fields.set(name, value())
    return made
  }

  const imported = (module: Module, specifier: string, name: string): Value => {
    const found = machine.world.resolve(module.file, specifier)
    if (found.kind === 'package') {
      const whole = packages(found.name, found.subpath)
      const value = name === 'default' ? defaultOf(whole) : machine.get(whole, name)
      return value
    }
    if (found.kind === 'missing') return unknown(`the module "${specifier}", which is not in the repository`)
    if (DATA.test(found.file)) {
      const data = fromJson(project.json(found.file))
      return name === 'default' ? data : machine.get(data, name)
    }
    const next = open(found.file)
    return (next === null ? null : exported(next, name)) ?? unknown(`"${name}" of the module "${specifier}"`)
  }

  /** A package's default export is the package, unless its model tells them apart. */
  const defaultOf = (whole: Value): Value => {
    if (whole.kind !== 'host' && whole.kind !== 'dictionary') return whole
    const named = machine.get(whole, 'default')
    return named.kind === 'constant' ? whole : named
  }

  const declareImports = (module: Module, statement: ts.Statement) => {
    const { scope } = module
    if (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference)) {
      const specifier = statement.moduleReference.expression
      if (ts.isStringLiteral(specifier))
        declareLazy(
          scope,
          statement.name.text,
          () => loadFrom(module.file, specifier.text, 'require'),
          statement,
        )
      return
    }
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return
    const specifier = statement.moduleSpecifier.text
    const clause = statement.importClause
    if (clause === undefined || clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return
    if (clause.name !== undefined)
      declareLazy(scope, clause.name.text, () => imported(module, specifier, 'default'), clause)
    const named = clause.namedBindings
    if (named === undefined) return
    if (ts.isNamespaceImport(named)) {
      declareLazy(scope, named.name.text, () => loadFrom(module.file, specifier, 'namespace'), named)
      return
    }
    for (const element of named.elements) {
      if (element.isTypeOnly) continue
      const name = (element.propertyName ?? element.name).text
      declareLazy(scope, element.name.text, () => imported(module, specifier, name), element)
    }
  }

  const declareExports = (module: Module, statement: ts.Statement) => {
    const { table, scope } = module
    const local = (name: string) => () => lookUp(scope, name) ?? unknown(`"${name}"`)
    if (ts.isExportDeclaration(statement) && !statement.isTypeOnly) {
      const specifier =
        statement.moduleSpecifier !== undefined && ts.isStringLiteral(statement.moduleSpecifier)
          ? statement.moduleSpecifier.text
          : null
      const clause = statement.exportClause
      if (clause === undefined) {
        if (specifier !== null) module.stars.push(specifier)
      } else if (ts.isNamespaceExport(clause)) {
        if (specifier !== null)
          table.set(clause.name.text, () => loadFrom(module.file, specifier, 'namespace'))
      } else {
        for (const element of clause.elements) {
          const name = (element.propertyName ?? element.name).text
          table.set(
            element.name.text,
            specifier === null ? local(name) : () => imported(module, specifier, name),
          )
        }
      }
      return
    }
    if (!ts.canHaveModifiers(statement)) return
    const modifiers = (ts.getModifiers(statement) ?? []).map((modifier) => modifier.kind)
    if (!modifiers.includes(ts.SyntaxKind.ExportKeyword)) return
    const isDefault = modifiers.includes(ts.SyntaxKind.DefaultKeyword)
    for (const name of declaredNames(statement)) table.set(isDefault ? 'default' : name, local(name))
    if (isDefault && declaredNames(statement).length === 0) table.set('default', local('default'))
  }

  const runTop = (module: Module, statement: ts.Statement) => {
    if (ts.isExportAssignment(statement)) {
      const value = machine.evaluate(statement.expression, module.scope)
      if (statement.isExportEquals === true) module.own.fields.set('exports', value)
      else module.table.set('default', () => value)
      return
    }
    if (ts.isImportDeclaration(statement)) {
      if (statement.importClause === undefined && ts.isStringLiteral(statement.moduleSpecifier))
        loadFrom(module.file, statement.moduleSpecifier.text, 'namespace')
      return
    }
    machine.execute([statement], module.scope)
  }

  return { open, exported, namespace, required, load: loadFrom }
}

const declaredNames = (statement: ts.Statement): string[] => {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => namesOf(name))
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement)
  return named && statement.name !== undefined ? [statement.name.text] : []
}

const namesOf = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesOf(element.name)))

/** `import.meta` of a file. */
export const importMeta = (file: string): Value => {
  const path = pathOf(file)
  return host('import.meta', {
    get: (key) => {
      if (key === 'url') return constant(`file://${path}`)
      if (key === 'filename') return constant(path)
      return key === 'dirname' ? constant(path.replace(/\/[^/]*$/, '')) : null
    },
  })
}
