import ts from 'typescript'
import {
  callsOf,
  importsOf,
  isTrue,
  methodOf,
  nameOf,
  propertyOf,
} from '../../instruments/source/script-nodes.ts'
import type { Script, Sighting } from '../define-reading.ts'
import { isUnderCondition } from '../local-condition.ts'

const GRAPHQL = /(?:ApolloServer|ApolloServerLambda|graphqlHTTP|createYoga|mercurius|createHandler)$/
const SWITCHES = ['graphiql', 'playground', 'introspection']

const isGraphql = (call: ts.CallExpression | ts.NewExpression) => {
  const name = nameOf(call.expression)
  return (
    GRAPHQL.test(name) ||
    /^GraphQLModule\.forRoot/.test(name) ||
    (methodOf(call) === 'register' && /mercurius/i.test(call.arguments?.[0]?.getText() ?? ''))
  )
}

export function* findInScript({ source }: Script): Generator<Sighting<ts.Node>> {
  const traces = new Set(
    [...importsOf(source)].flatMap(([local, { from }]) => (from === 'errorhandler' ? [local] : [])),
  )
  for (const node of callsOf(source)) {
    if (isUnderCondition(node)) continue
    if (ts.isIdentifier(node.expression) && traces.has(node.expression.text))
      yield { kind: 'traces', name: 'errorhandler', node }
    if (!isGraphql(node)) continue
    for (const name of SWITCHES)
      for (const given of node.arguments ?? []) {
        const value = propertyOf(given, name)
        if (isTrue(value)) yield { kind: 'page', name, node: value ?? node }
      }
  }
}
