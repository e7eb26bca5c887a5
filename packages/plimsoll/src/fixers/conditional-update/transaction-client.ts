import ts from 'typescript'
import { around, callsOf, literalOf, methodOf, nodesOf } from '../../instruments/source/script-nodes.ts'

type Fn = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration

const isFn = (node: ts.Node): node is Fn =>
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node)

const RUNS_IN_ONE = /transaction|^(?:atomic|atomically|withTx|inTx)$/i

const nameOfFn = (fn: Fn): string => {
  const named = ts.isVariableDeclaration(fn.parent) ? fn.parent.name : fn.name
  return named !== undefined && ts.isIdentifier(named) ? named.text : ''
}

/** `BEGIN` is sent by it in the same function. */
const begins = (fn: Fn, client: string): boolean =>
  [...callsOf(fn)].some(
    (call) =>
      methodOf(call) === 'query' &&
      call.expression.getText().startsWith(`${client}.`) &&
      /^\s*(?:begin|start\s+transaction)\b/i.test(literalOf(call.arguments?.[0]) ?? ''),
  )

const takesAt = (fn: Fn, client: string): number =>
  fn.parameters.findIndex(({ name }) => ts.isIdentifier(name) && name.text === client)

/** Every call of the function hands over a client of a transaction. */
const isAlwaysGiven = (fn: Fn, position: number, depth: number): boolean => {
  const name = nameOfFn(fn)
  if (name === '' || depth > 3) return false
  const given = [...callsOf(fn.getSourceFile())].filter((call) => methodOf(call) === name)
  const uses = [...nodesOf(fn.getSourceFile())].filter((one) => ts.isIdentifier(one) && one.text === name)
  return (
    given.length > 0 &&
    uses.length === given.length + 1 &&
    given.every(({ arguments: handed }) => {
      const client = handed?.[position]
      return client !== undefined && isTransactionClient(client, depth + 1)
    })
  )
}

/** Whether what an expression names is the connection of a transaction that is open there. */
export const isTransactionClient = (client: ts.Expression, depth = 0): boolean => {
  if (!ts.isIdentifier(client)) return false
  for (const fn of around(client)) {
    if (!isFn(fn)) continue
    if (begins(fn, client.text)) return true
    const position = takesAt(fn, client.text)
    if (position === -1) continue
    const isHanded = ts.isCallExpression(fn.parent) && RUNS_IN_ONE.test(methodOf(fn.parent))
    return isHanded || isAlwaysGiven(fn, position, depth)
  }
  return false
}
