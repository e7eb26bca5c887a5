import ts from 'typescript'
import type { Sketch, Span, Unit } from './sketch.ts'
import { isStatement } from './statement.ts'

type Draft = { [Key in keyof Sketch]: Sketch[Key][number][] }

const isNamed = (node: ts.Node): node is ts.Identifier | ts.StringLiteral | ts.PrivateIdentifier =>
  ts.isIdentifier(node) || ts.isStringLiteral(node) || ts.isPrivateIdentifier(node)

/** `exports.x = …` and `module.exports = …` (`default`); null for any other assignment. */
const exportedName = (node: ts.BinaryExpression): string | null => {
  const left = node.left.getText()
  if (left === 'module.exports' || left === 'exports') return 'default'
  return /^(?:module\.)?exports\.(\w+)$/.exec(left)?.[1] ?? null
}

/** A list of names to pass on says nothing by itself. */
const isBareList = (node: ts.Expression) =>
  ts.isIdentifier(node) ||
  (ts.isObjectLiteralExpression(node) &&
    node.properties.every((one) => ts.isShorthandPropertyAssignment(one)))

const bindings = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isBindingElement(element) ? bindings(element.name) : []))

/** `require('./x')`, also awaited or with a property taken at once. */
const requiredFile = (node: ts.Expression | undefined): string | null => {
  if (node === undefined) return null
  if (ts.isAwaitExpression(node) || ts.isPropertyAccessExpression(node)) return requiredFile(node.expression)
  if (!ts.isCallExpression(node)) return null
  const [first] = node.arguments
  const calls =
    node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require'
  return calls && first !== undefined && ts.isStringLiteral(first)
    ? first.text
    : requiredFile(node.expression)
}

/**
 * Reads a script's declarations and uses.
 * @param fileOf the file of the project that a specifier means
 */
export const sketchScript = (source: ts.SourceFile, fileOf: (specifier: string) => string | null): Sketch => {
  const draft: Draft = {
    ...{ units: [], words: [], imports: [], passed: [], silent: [], spans: [], statements: [] },
  }
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1
  const spanOf = (node: ts.Node): Span => ({ from: lineOf(node.getStart(source)), to: lineOf(node.end) })
  const name = (text: string, node: ts.Node, { member = false, holds = false } = {}) =>
    draft.units.push({ name: text, member, holds, ...spanOf(node) } satisfies Unit)

  const readImport = (node: ts.ImportDeclaration) => {
    draft.silent.push(spanOf(node))
    const file = ts.isStringLiteral(node.moduleSpecifier) ? fileOf(node.moduleSpecifier.text) : null
    const clause = node.importClause
    if (file === null || clause === undefined) return
    if (clause.name !== undefined) draft.imports.push({ local: clause.name.text, imported: 'default', file })
    const named = clause.namedBindings
    if (named === undefined) return
    if (ts.isNamespaceImport(named)) draft.imports.push({ local: named.name.text, imported: '*', file })
    else
      for (const one of named.elements)
        draft.imports.push({ local: one.name.text, imported: (one.propertyName ?? one.name).text, file })
  }

  const readExport = (node: ts.ExportDeclaration) => {
    draft.silent.push(spanOf(node))
    const given = node.moduleSpecifier
    const file = given !== undefined && ts.isStringLiteral(given) ? fileOf(given.text) : null
    if (file === null) return
    if (node.exportClause === undefined || ts.isNamespaceExport(node.exportClause))
      draft.passed.push({ name: '*', as: '*', file })
    else
      for (const one of node.exportClause.elements)
        draft.passed.push({ name: (one.propertyName ?? one.name).text, as: one.name.text, file })
  }

  const readVariable = (node: ts.VariableDeclaration) => {
    const specifier = requiredFile(node.initializer)
    const file = specifier === null ? null : fileOf(specifier)
    if (file !== null) {
      draft.silent.push(spanOf(node))
      if (ts.isIdentifier(node.name)) draft.imports.push({ local: node.name.text, imported: '*', file })
      else
        for (const one of node.name.elements)
          if (ts.isBindingElement(one) && ts.isIdentifier(one.name)) {
            const imported = one.propertyName?.getText(source) ?? one.name.text
            draft.imports.push({ local: one.name.text, imported, file })
          }
      return
    }
    const holds = node.initializer !== undefined && ts.isObjectLiteralExpression(node.initializer)
    for (const one of bindings(node.name)) name(one, node.parent.parent, { holds })
  }

  const readModule = (node: ts.ImportDeclaration | ts.ExportDeclaration) =>
    ts.isImportDeclaration(node) ? readImport(node) : readExport(node)

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      readModule(node)
      return
    }
    if (ts.isVariableDeclaration(node)) readVariable(node)
    if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) {
      const holds = ts.isClassDeclaration(node)
      if (node.name !== undefined) name(node.name.text, node, { holds })
      if (node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true)
        name('default', node, { holds })
    }
    if (ts.isExportAssignment(node)) {
      if (isBareList(node.expression)) draft.silent.push(spanOf(node))
      else name('default', node, { holds: ts.isObjectLiteralExpression(node.expression) })
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const exported = exportedName(node)
      if (exported !== null && isBareList(node.right)) draft.silent.push(spanOf(node))
      else if (exported !== null) name(exported, node, { holds: ts.isObjectLiteralExpression(node.right) })
    }
    if ((ts.isMethodDeclaration(node) || ts.isPropertyDeclaration(node)) && isNamed(node.name))
      name(node.name.text, node, { member: true })
    if (ts.isPropertyAssignment(node) && isNamed(node.name) && ts.isFunctionLike(node.initializer))
      name(node.name.text, node, { member: true })
    const call = ts.isCallExpression(node)
    if (call || ts.isFunctionLike(node)) draft.spans.push({ call, ...spanOf(node) })
    if (ts.isIdentifier(node)) {
      const { parent } = node
      const member = ts.isPropertyAccessExpression(parent) && parent.name === node
      draft.words.push({ text: node.text, line: lineOf(node.getStart(source)), member })
    }
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node))
      if (isStatement(node.getText(source))) draft.statements.push(spanOf(node))
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(source, visit)
  return draft
}
