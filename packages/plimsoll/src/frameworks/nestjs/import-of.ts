import ts from 'typescript'

/** The specifier that a name of a file is imported from; null when no import declares it. */
export const importOf = (source: ts.SourceFile, name: string): string | null => {
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
    const clause = statement.importClause
    const named = clause?.namedBindings
    const elements = named !== undefined && ts.isNamedImports(named) ? named.elements : []
    const names = [clause?.name, ...elements.map((each) => each.name)]
    if (named !== undefined && ts.isNamespaceImport(named)) names.push(named.name)
    if (names.some((each) => each?.text === name)) return statement.moduleSpecifier.text
  }
  return null
}
