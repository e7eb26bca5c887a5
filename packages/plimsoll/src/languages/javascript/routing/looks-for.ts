import ts from 'typescript'
import type { External, Value, World } from '../code/code.ts'
import { BEARERS } from './packages.ts'

const SCHEME = /^\W*(bearer|basic)\b/i

/** Which credential it is, where the code says so. */
export const lookForCarriers = (node: ts.Node, looksFor: Set<string>) => {
  if (ts.isPropertyAccessExpression(node)) {
    const { text } = node.name
    if (text === 'authorization') looksFor.add('header authorization')
    const owner = node.expression
    if (ts.isPropertyAccessExpression(owner) && /^(?:signedC|c)ookies$/.test(owner.name.text))
      looksFor.add(`cookie ${text}`)
  }
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    const owner = node.expression
    if (ts.isPropertyAccessExpression(owner) && /^(?:signedC|c)ookies$/.test(owner.name.text))
      looksFor.add(`cookie ${node.argumentExpression.text}`)
  }
  if (ts.isBindingElement(node) && node.getText() === 'authorization') looksFor.add('header authorization')
  const text =
    ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isRegularExpressionLiteral(node)
      ? SCHEME.exec(node.text)
      : null
  if (text?.[1] !== undefined) looksFor.add(`scheme ${text[1].toLowerCase()}`)
}

/** What the guard of a package looks for, as far as its name and its first argument tell. */
export const carriedTo = (
  world: World,
  { package: name, path }: External,
  args: readonly Value[],
): string[] => {
  if (BEARERS.has(name)) return ['scheme bearer']
  if (/basic-auth$/.test(name)) return ['scheme basic']
  if (!/passport$/.test(name)) return []
  const asked = path.some((part) => /^auth/i.test(part))
  const [first] = args
  const listed = first === undefined ? null : (world.items(first) ?? [first])
  return (asked ? (listed ?? []) : []).flatMap((each) =>
    each.kind === 'constant' && typeof each.value === 'string' ? [`strategy ${each.value}`] : [],
  )
}
