import type { Binding, Scope, Source } from './scope.ts'
import { descendants, field, lineOf, type Node, named } from './syntax.ts'

/** What a statement is read into. `sure` is false inside a branch that may not run. */
type Where = { source: Source; scope: Scope; sure: boolean }

const openScope = (kind: Scope['kind'], file: string, node: Node, parent: Scope | null): Scope => ({
  kind,
  file,
  name: field(node, 'name')?.text ?? '',
  node,
  parent,
  bindings: new Map(),
  decorators: [],
  stars: [],
  returns: [],
  inner: [],
})

const bind = (scope: Scope, name: string, binding: Binding) => {
  const before = scope.bindings.get(name)
  if (before === undefined) scope.bindings.set(name, [binding])
  else before.push(binding)
}

const placed = (node: Node, sure: boolean) => ({ at: node.startIndex, line: lineOf(node), sure })

const readExpressions = (node: Node, { source, scope }: Where) => {
  for (const call of descendants(node, 'call')) source.calls.push({ node: call, scope })
  for (const walrus of descendants(node, 'named_expression')) {
    const name = field(walrus, 'name')
    const value = field(walrus, 'value')
    if (name !== null && value !== null)
      bind(scope, name.text, { kind: 'value', node: value, path: [], ...placed(walrus, false) })
  }
}

const bindTarget = (
  left: Node,
  where: Where,
  make: (path: number[]) => Binding,
  right: Node | null,
  path: number[] = [],
) => {
  if (left.type === 'identifier') bind(where.scope, left.text, make(path))
  else if (/^(pattern_list|tuple_pattern|list_pattern)$/.test(left.type))
    for (const [index, child] of named(left).entries()) bindTarget(child, where, make, null, [...path, index])
  else if (right !== null) where.source.stores.push({ left, right, scope: where.scope })
}

/** `a = b = value` binds every name to the value at the end. */
const readAssignment = (node: Node, where: Where) => {
  let value = field(node, 'right')
  while (value?.type === 'assignment') value = field(value, 'right')
  if (value === null) return
  const last = value
  let at: Node | null = node
  while (at?.type === 'assignment') {
    const left = field(at, 'left')
    const make = (path: number[]): Binding => ({
      kind: 'value',
      node: last,
      path,
      ...placed(node, where.sure),
    })
    if (left !== null) bindTarget(left, where, make, last)
    at = field(at, 'right')
  }
  readExpressions(node, where)
}

const readParameters = (list: Node, outer: Where, scope: Scope) => {
  let index = 0
  let keywordOnly = false
  for (const node of named(list)) {
    readExpressions(node, outer)
    const name = node.type === 'identifier' ? node : (field(node, 'name') ?? named(node)[0])
    if (name?.type === 'identifier' && !node.type.endsWith('splat_pattern')) {
      bind(scope, name.text, { kind: 'parameter', index, keywordOnly, node, ...placed(node, true) })
      index += 1
    }
    if (node.type === 'list_splat_pattern' || node.type === 'keyword_separator') keywordOnly = true
  }
}

const readDefinition = (node: Node, where: Where, decorators: readonly Node[] = []) => {
  const { source, scope: outer } = where
  const kind = node.type === 'class_definition' ? 'class' : 'function'
  const scope = { ...openScope(kind, outer.file, node, outer), decorators }
  source.scopes.push(scope)
  outer.inner.push(scope)
  bind(outer, scope.name, { kind: 'definition', scope, ...placed(node, where.sure) })
  const parameters = field(node, 'parameters')
  if (parameters !== null) readParameters(parameters, where, scope)
  const bases = field(node, 'superclasses')
  if (bases !== null) readExpressions(bases, where)
  readBlock(field(node, 'body'), { source, scope, sure: true })
}

const moduleName = (node: Node | null): string =>
  node?.type === 'relative_import'
    ? named(node)
        .map((part) => part.text)
        .join('')
    : (node?.text ?? '')

const readImports = (node: Node, { scope, sure }: Where) => {
  for (const child of named(node)) {
    const aliased = child.type === 'aliased_import'
    const module = (aliased ? field(child, 'name') : child)?.text ?? ''
    const top = module.split('.')[0] ?? module
    const name = aliased ? field(child, 'alias')?.text : top
    const binding: Binding = {
      kind: 'import',
      module: aliased ? module : top,
      name: null,
      ...placed(node, sure),
    }
    if (name !== undefined) bind(scope, name, binding)
  }
}

const readImportsFrom = (node: Node, { scope, sure }: Where) => {
  const from = field(node, 'module_name')
  const module = moduleName(from)
  for (const child of named(node)) {
    if (from !== null && child.equals(from)) continue
    if (child.type === 'wildcard_import') scope.stars.push(module)
    const aliased = child.type === 'aliased_import'
    const name = (aliased ? field(child, 'name') : child)?.text ?? ''
    const local = (aliased ? field(child, 'alias')?.text : name) ?? name
    bind(scope, local, { kind: 'import', module, name, ...placed(node, sure) })
  }
}

const readDecorated = (node: Node, where: Where) => {
  const decorators = named(node).filter((child) => child.type === 'decorator')
  const expressions = decorators.flatMap((one) => named(one).slice(0, 1))
  for (const expression of expressions) readExpressions(expression, where)
  const definition = field(node, 'definition')
  if (definition !== null) readDefinition(definition, where, expressions)
}

const BLOCKS = new Set([
  ...['block', 'else_clause', 'elif_clause', 'except_clause', 'finally_clause', 'case_clause'],
])

/** The expressions of a compound statement, and its blocks, which may not run. */
const readParts = (node: Node, where: Where) => {
  for (const child of named(node))
    if (child.type === 'block') readBlock(child, { ...where, sure: false })
    else if (BLOCKS.has(child.type)) readParts(child, where)
    else readExpressions(child, where)
}

const readFor = (node: Node, where: Where) => {
  const of = field(node, 'right')
  const left = field(node, 'left')
  if (left !== null && of !== null)
    bindTarget(left, where, (path) => ({ kind: 'item', of, path, ...placed(node, false) }), null)
  readParts(node, where)
}

const readWith = (node: Node, where: Where) => {
  for (const child of named(node)) {
    if (child.type === 'block') readBlock(child, where)
    else readExpressions(child, where)
    for (const pattern of child.type === 'with_clause' ? descendants(child, 'as_pattern') : []) {
      const [value, target] = named(pattern)
      const name = target === undefined ? undefined : named(target)[0]
      if (value !== undefined && name?.type === 'identifier')
        bind(where.scope, name.text, {
          kind: 'value',
          node: value,
          path: [],
          ...placed(pattern, where.sure),
        })
    }
  }
}

const STATEMENTS: Readonly<Record<string, (node: Node, where: Where) => void>> = {
  function_definition: readDefinition,
  class_definition: readDefinition,
  decorated_definition: readDecorated,
  import_statement: readImports,
  import_from_statement: readImportsFrom,
  for_statement: readFor,
  with_statement: readWith,
  if_statement: readParts,
  while_statement: readParts,
  try_statement: readParts,
  match_statement: readParts,
  expression_statement: (node, where) => {
    for (const child of named(node))
      if (child.type === 'assignment') readAssignment(child, where)
      else readExpressions(child, where)
  },
  return_statement: (node, where) => {
    where.scope.returns.push(...named(node).slice(0, 1))
    readExpressions(node, where)
  },
}

const readBlock = (block: Node | null, where: Where) => {
  for (const statement of named(block)) {
    const read = STATEMENTS[statement.type] ?? readExpressions
    read(statement, where)
  }
}

/** `global app; app = …` inside a function binds the module's name. */
const raiseGlobals = (scope: Scope, root: Scope) => {
  if (scope.kind !== 'function' || !scope.node.text.includes('global ')) return
  for (const statement of descendants(scope.node, 'global_statement'))
    for (const name of named(statement)) {
      const bindings = scope.bindings.get(name.text) ?? []
      scope.bindings.delete(name.text)
      for (const binding of bindings) bind(root, name.text, { ...binding, sure: false })
    }
}

/** Cuts a parsed file into scopes, calls and stores, in source order. */
export const readSource = (file: string, tree: Node): Source => {
  const root = openScope('module', file, tree, null)
  const source: Source = { file, root, scopes: [root], calls: [], stores: [] }
  readBlock(tree, { source, scope: root, sure: true })
  for (const scope of source.scopes) raiseGlobals(scope, root)
  return source
}
