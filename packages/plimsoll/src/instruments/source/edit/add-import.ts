import ts from 'typescript'
import { importsOf, literalOf } from '../script-nodes.ts'
import type { Edit } from './open-edit.ts'
import { writeInStyle } from './write-in-style.ts'

/** `{ pool }` from `./db.js`, or the whole of it under a name. */
export type Wanted = { from: string; name: string; whole?: boolean; isType?: boolean }

const declarationOf = (
  { name, from, whole = false, isType = false }: Wanted,
  modules: 'import' | 'require',
) => {
  const taken = whole ? name : `{ ${name} }`
  return modules === 'import'
    ? `import ${isType ? 'type ' : ''}${taken} from '${from}'`
    : `const ${taken} = require('${from}')`
}

const isRequire = (one: ts.Statement) =>
  ts.isVariableStatement(one) &&
  one.declarationList.declarations.some(
    ({ initializer }) => initializer !== undefined && /^require\(/.test(initializer.getText()),
  )

const isDirective = (one: ts.Statement) =>
  ts.isExpressionStatement(one) && ts.isStringLiteralLike(one.expression)

/** The named imports of a module that are there already, to which one can be added. */
const listOf = (source: ts.SourceFile, from: string): ts.NamedImports | null => {
  for (const one of source.statements) {
    if (!ts.isImportDeclaration(one) || literalOf(one.moduleSpecifier) !== from) continue
    const { importClause } = one
    const named = importClause?.namedBindings
    if (named === undefined || importClause?.isTypeOnly === true) continue
    if (ts.isNamedImports(named) && named.elements.length > 0) return named
  }
  return null
}

/**
 * Makes something of another module known in the file, and says by which name it is known there: a name that it has
 * already is used again.
 */
export const addImport = (edit: Edit, wanted: Wanted): string => {
  const { source, style } = edit
  for (const [local, { from, name }] of importsOf(source)) {
    const same = wanted.whole === true ? name === 'default' || name === '*' : name === wanted.name
    if (from === wanted.from && same) return local
  }
  const last =
    wanted.whole === true || wanted.isType === true ? undefined : listOf(source, wanted.from)?.elements.at(-1)
  if (last !== undefined) {
    edit.insert(last.end, `, ${wanted.name}`)
    return wanted.name
  }
  const code = declarationOf(wanted, style.modules)
  const above = source.statements.filter((one) =>
    style.modules === 'import' ? ts.isImportDeclaration(one) : isRequire(one),
  )
  const place = above.at(-1) ?? source.statements.filter(isDirective).at(-1)
  if (place !== undefined) edit.after(place, code)
  else edit.insert(0, `${writeInStyle(code, style)}${style.eol}`)
  return wanted.name
}
