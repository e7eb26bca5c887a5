import ts from 'typescript'

const declarationsIn = (one: ts.Statement): readonly ts.VariableDeclaration[] =>
  ts.isVariableStatement(one) ? one.declarationList.declarations : []

/** `{ rows }`, `{ rows: [row] }`, `{ rows: found }` or the result as a whole */
const boundBy = (name: ts.BindingName): string[] => {
  if (ts.isIdentifier(name)) return [`${name.text}.rows[0]`]
  if (!ts.isObjectBindingPattern(name)) return []
  return name.elements.flatMap((one) => {
    if ((one.propertyName ?? one.name).getText() !== 'rows') return []
    if (ts.isIdentifier(one.name)) return [`${one.name.text}[0]`]
    const [first] = ts.isArrayBindingPattern(one.name) ? one.name.elements : []
    return first !== undefined && ts.isBindingElement(first) ? [first.name.getText()] : []
  })
}

/** What the code calls the row that a statement reads, there and in the declarations below. */
export const rowNames = (read: ts.Statement, below: readonly ts.Statement[]): string[] => {
  const names = declarationsIn(read).flatMap(({ name }) => boundBy(name))
  for (const { name, initializer } of below.flatMap(declarationsIn))
    if (initializer !== undefined && names.includes(initializer.getText()) && ts.isIdentifier(name))
      names.push(name.text)
  return names
}
