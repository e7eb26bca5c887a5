import type { Node, Tree } from 'web-tree-sitter'
import type { Sketch, Span } from './sketch.ts'
import { isStatement } from './statement.ts'

type Draft = { [Key in keyof Sketch]: Sketch[Key][number][] }

const spanOf = (node: Node): Span => ({ from: node.startPosition.row + 1, to: node.endPosition.row + 1 })
const children = (node: Node) => node.namedChildren.filter((child) => child !== null)

const IMPORTS = new Set(['import_statement', 'import_from_statement'])
const DEFINITIONS = new Set(['function_definition', 'class_definition'])

/**
 * Reads a Python module's definitions and uses.
 * @param fileOf the file of the project that a dotted name means
 */
export const sketchPython = (tree: Tree, fileOf: (module: string) => string | null): Sketch => {
  const draft: Draft = {
    ...{ units: [], words: [], imports: [], passed: [], silent: [], spans: [], statements: [] },
  }
  const readFrom = (node: Node) => {
    draft.silent.push(spanOf(node))
    const module = node.childForFieldName('module_name')?.text ?? ''
    const file = fileOf(module)
    for (const name of node.childrenForFieldName('name')) {
      if (name === null) continue
      const imported = name.childForFieldName('name')?.text ?? name.text
      const local = name.childForFieldName('alias')?.text ?? imported
      const inside = fileOf(module.endsWith('.') ? `${module}${imported}` : `${module}.${imported}`)
      if (inside !== null && inside !== file) draft.imports.push({ local, imported: '*', file: inside })
      else if (file !== null) draft.imports.push({ local, imported, file })
    }
    const whole = children(node).some(({ type }) => type === 'wildcard_import')
    if (whole && file !== null) draft.passed.push({ name: '*', as: '*', file })
  }
  const readImport = (node: Node) => {
    draft.silent.push(spanOf(node))
    for (const name of children(node)) {
      const module = name.childForFieldName('name')?.text ?? name.text
      const file = fileOf(module)
      const local = name.childForFieldName('alias')?.text ?? module.split('.')[0] ?? module
      if (file !== null) draft.imports.push({ local, imported: '*', file })
    }
  }
  const visit = (node: Node, inClass: boolean): void => {
    if (IMPORTS.has(node.type)) {
      if (node.type === 'import_statement') readImport(node)
      else readFrom(node)
      return
    }
    const defines = DEFINITIONS.has(node.type)
    if (defines) {
      const outer = node.parent?.type === 'decorated_definition' ? node.parent : node
      const name = node.childForFieldName('name')?.text
      if (name !== undefined)
        draft.units.push({ name, member: inClass, holds: node.type === 'class_definition', ...spanOf(outer) })
      draft.spans.push({ call: false, ...spanOf(outer) })
    }
    const left = node.type === 'assignment' ? node.childForFieldName('left') : null
    if (left?.type === 'identifier')
      draft.units.push({ name: left.text, member: inClass, holds: false, ...spanOf(node) })
    if (node.type === 'call') draft.spans.push({ call: true, ...spanOf(node) })
    if (node.type === 'string' && isStatement(node.text)) draft.statements.push(spanOf(node))
    if (node.type === 'identifier') {
      const { parent } = node
      const member = parent?.type === 'attribute' && parent.childForFieldName('attribute')?.id === node.id
      draft.words.push({ text: node.text, line: node.startPosition.row + 1, member })
    }
    for (const child of children(node))
      visit(child, node.type === 'class_definition' || (inClass && !defines))
  }
  for (const child of children(tree.rootNode)) visit(child, false)
  return draft
}
