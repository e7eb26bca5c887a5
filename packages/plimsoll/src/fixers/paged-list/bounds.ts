import ts from 'typescript'
import type { Project } from '../../instruments/source/project.ts'
import { keyOf, nodesOf, propertyOf } from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'
import type { Bounds } from './page-code.ts'

const USUAL: Bounds = { usual: 50, most: 200 }

const numberIn = (object: ts.Expression, name: string): number | null => {
  const value = propertyOf(object, name)
  return value !== null && ts.isNumericLiteral(value) ? Number(value.text) : null
}

/** `{ type: 'integer', minimum: 1, maximum: 100, default: 20 }`, by the name of `limit` */
const declaredAt = (node: ts.Node): Bounds | null => {
  const isNamed =
    (ts.isPropertyAssignment(node) && keyOf(node.name) === 'limit') ||
    (ts.isVariableDeclaration(node) && node.name.getText() === 'limit')
  if (!isNamed || node.initializer === undefined) return null
  const [most, usual] = [numberIn(node.initializer, 'maximum'), numberIn(node.initializer, 'default')]
  return most === null || usual === null ? null : { most, usual }
}

/** What other lists of the project answer at the most; ours where it does not say. */
export const boundsIn = (project: Project): Bounds => {
  for (const { source } of codeFiles(project))
    for (const node of nodesOf(source)) {
      const found = declaredAt(node)
      if (found !== null) return found
    }
  return USUAL
}
