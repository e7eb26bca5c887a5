import ts from 'typescript'
import type { Project } from '../instruments/source/project.ts'
import { around, importsOf, nameOf, nodesOf } from '../instruments/source/script-nodes.ts'
import { codeFiles } from './code-files.ts'

/** A node-postgres pool (or a single client) that the app makes. */
export type FoundPool = {
  file: string
  source: ts.SourceFile
  kind: 'Pool' | 'Client'
  made: ts.NewExpression
  /** how code beside it calls it: `pool`, `this.pool` */
  name: string
  /** the statement or the property of a class that holds it */
  holder: ts.Statement | ts.PropertyDeclaration
}

const kindOf = (node: ts.NewExpression, source: ts.SourceFile): FoundPool['kind'] | null => {
  const called = nameOf(node.expression)
  const imports = importsOf(source)
  const [first = '', second] = called.split('.')
  const known = imports.get(first)
  const isPg = known?.from === 'pg' || takenFromPg(source, first)
  if (!isPg) return null
  const what = second ?? (known?.name === '*' || known === undefined ? first : known.name)
  return what === 'Pool' || what === 'Client' ? what : null
}

/** `const { Pool } = pg` */
const takenFromPg = (source: ts.SourceFile, name: string): boolean =>
  source.statements.some(
    (one) =>
      ts.isVariableStatement(one) &&
      one.declarationList.declarations.some(
        (declared) =>
          ts.isObjectBindingPattern(declared.name) &&
          declared.name.elements.some((element) => element.name.getText(source) === name) &&
          declared.initializer !== undefined &&
          ts.isIdentifier(declared.initializer) &&
          importsOf(source).get(declared.initializer.text)?.from === 'pg',
      ),
  )

const holderOf = (node: ts.NewExpression): Pick<FoundPool, 'name' | 'holder'> | null => {
  const { parent } = node
  if (ts.isPropertyDeclaration(parent) && ts.isIdentifier(parent.name))
    return { name: `this.${parent.name.text}`, holder: parent }
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
    for (const at of around(parent))
      if (ts.isVariableStatement(at)) return { name: parent.name.text, holder: at }
  }
  const isAssigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  if (isAssigned && ts.isExpressionStatement(parent.parent))
    return { name: parent.left.getText(), holder: parent.parent }
  return null
}

export const findPools = (project: Project): FoundPool[] =>
  codeFiles(project).flatMap(({ file, source }) => {
    if (!source.text.includes('pg')) return []
    return [...nodesOf(source)].flatMap((made) => {
      if (!ts.isNewExpression(made)) return []
      const kind = kindOf(made, source)
      const held = kind === null ? null : holderOf(made)
      return kind === null || held === null ? [] : [{ file, source, kind, made, ...held }]
    })
  })
