import ts from 'typescript'
import type { FoundServer } from './find-servers.ts'

const siblingsOf = ({ made }: FoundServer): readonly ts.Statement[] =>
  ts.isBlock(made.parent) || ts.isSourceFile(made.parent) ? made.parent.statements : []

/** The last statement that gives the app a route or a middleware, before it listens or is given away. */
export const lastUse = (server: FoundServer): ts.Statement => {
  const uses = siblingsOf(server).filter(
    (one) =>
      ts.isExpressionStatement(one) &&
      new RegExp(`^${server.app}\\s*\\.\\s*(?!listen\\b)`).test(one.getText(server.source)),
  )
  return uses.at(-1) ?? server.made
}
