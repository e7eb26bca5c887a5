import ts from 'typescript'
import { addImport } from '../instruments/source/edit/add-import.ts'
import { addProperties } from '../instruments/source/edit/add-properties.ts'
import type { Edit } from '../instruments/source/edit/open-edit.ts'
import { nameOf } from '../instruments/source/script-nodes.ts'
import { specifierOf } from './file-of.ts'
import type { FoundPool } from './find-pools.ts'
import type { Edits } from './patch-of.ts'

const isExported = (statement: ts.VariableStatement) =>
  statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true

const listedExport = (source: ts.SourceFile, name: string): boolean =>
  source.statements.some(
    (one) =>
      ts.isExportDeclaration(one) &&
      one.moduleSpecifier === undefined &&
      one.exportClause !== undefined &&
      ts.isNamedExports(one.exportClause) &&
      one.exportClause.elements.some((element) => element.name.text === name),
  )

const moduleExports = (source: ts.SourceFile): ts.Expression | null => {
  for (const one of source.statements) {
    if (!ts.isExpressionStatement(one) || !ts.isBinaryExpression(one.expression)) continue
    if (nameOf(one.expression.left) === 'module.exports') return one.expression.right
  }
  return null
}

/** Makes a pool known outside of its file; false where its file gives away something else. */
const exportPool = (edit: Edit, { name, holder }: FoundPool): boolean => {
  const { source } = edit
  if (!ts.isVariableStatement(holder) || holder.parent !== source) return false
  if (edit.style.modules === 'import') {
    if (!isExported(holder) && !listedExport(source, name)) edit.insert(holder.getStart(source), 'export ')
    return true
  }
  const given = moduleExports(source)
  if (given === null || !ts.isObjectLiteralExpression(given)) return false
  const known = given.properties.some((one) => one.name?.getText(source) === name)
  if (!known) addProperties(edit, given, [name])
  return true
}

/**
 * A name by which the code of a file can use the pool, imported and exported as far as needed; null where it is out of
 * reach: held by a class, or a file that exports something else.
 */
export const reachPool = (edits: Edits, from: Edit, pool: FoundPool): string | null => {
  if (pool.file === from.file) return ts.isPropertyDeclaration(pool.holder) ? null : pool.name
  const [, given] = /^(?:module\.)?exports\.(\w+)$/.exec(pool.name) ?? []
  if (given !== undefined && from.style.modules === 'require')
    return addImport(from, { from: specifierOf(from, pool.file), name: given })
  if (!/^\w+$/.test(pool.name)) return null
  const edit = edits.of(pool.file)
  if (edit === null || edit.style.modules !== from.style.modules || !exportPool(edit, pool)) return null
  return addImport(from, { from: specifierOf(from, pool.file), name: pool.name })
}
