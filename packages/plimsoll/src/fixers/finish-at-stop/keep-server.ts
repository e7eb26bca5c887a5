import ts from 'typescript'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import { nodesOf } from '../../instruments/source/script-nodes.ts'
import type { Listens } from '../find-servers.ts'

const isTaken = (source: ts.SourceFile, name: string) =>
  [...nodesOf(source)].some((node) => ts.isIdentifier(node) && node.text === name)

/** A name for the server that listens: the one it is kept under, or a new one; null where it is given away at once. */
export const keepServer = (edit: Edit, { call, receiver, statement }: Listens): string | null => {
  const { parent } = call
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
    return parent.parent.parent === statement ? parent.name.text : null
  }
  if (!ts.isExpressionStatement(parent)) return null
  if (/server/i.test(receiver)) return receiver
  if (parent !== statement) return null
  const name = ['server', 'listening', 'httpServer'].find((one) => !isTaken(edit.source, one))
  if (name === undefined) return null
  edit.insert(parent.getStart(edit.source), `const ${name} = `)
  return name
}
