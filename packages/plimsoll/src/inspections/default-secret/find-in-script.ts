import ts from 'typescript'
import {
  around,
  bare,
  callsOf,
  importsOf,
  keyOf,
  literalOf,
  methodOf,
  nameOf,
  nodesOf,
  propertyOf,
} from '../../instruments/source/script-nodes.ts'
import type { Script, Sighting } from '../define-reading.ts'
import { isUnderCondition } from '../local-condition.ts'
import { isFallback, kindOfName, withoutLiteral } from './words.ts'

type Fallback = { name: string; value: string; node: ts.Node }

const SETTINGS = /(?:^|\.)(?:env|config|configuration|settings|options|opts|conf)(?:\.|$)/i
const ASKS = /(?:^|\.)(?:get|getOrDefault|env|getEnv|optional|str|string)$/i

const lastOf = (name: string) => name.slice(name.lastIndexOf('.') + 1)

/** `process.env.NAME`, `env['NAME']`, `config.name`, `config.get('NAME')` */
const settingOf = (expression: ts.Expression): string | null => {
  const node = bare(expression)
  if (ts.isElementAccessExpression(node) && SETTINGS.test(nameOf(node.expression)))
    return literalOf(node.argumentExpression)
  if (ts.isCallExpression(node) && ASKS.test(nameOf(node.expression))) return literalOf(node.arguments[0])
  if (!ts.isPropertyAccessExpression(node)) return null
  return SETTINGS.test(nameOf(node.expression)) ? node.name.text : null
}

const ofOperator = (node: ts.Node): Fallback | null => {
  if (!ts.isBinaryExpression(node) || !/^(?:\|\||\?\?)$/.test(node.operatorToken.getText())) return null
  const value = literalOf(bare(node.right))
  const left = bare(node.left)
  const name = settingOf(ts.isBinaryExpression(left) ? left.left : left)
  return name === null || value === null ? null : { name, value, node }
}

/** `const { NAME = 'x' } = process.env` */
const ofPattern = (node: ts.Node): Fallback | null => {
  if (!ts.isBindingElement(node) || node.initializer === undefined) return null
  const value = literalOf(node.initializer)
  const holder = node.parent.parent
  if (value === null || !ts.isVariableDeclaration(holder) || holder.initializer === undefined) return null
  const key = node.propertyName ?? node.name
  const from = nameOf(holder.initializer)
  return SETTINGS.test(from) && ts.isIdentifier(key) ? { name: key.text, value, node } : null
}

const isSchema = (text: string) =>
  /^(?:z|zod|joi|yup|t|Type|envalid|v)\b|^(?:str|string)\(|\.(?:string|str)\(/i.test(text)

/** `NAME: z.string().default('x')`, `NAME: str({ default: 'x' })` */
const ofSchema = (node: ts.Node): Fallback | null => {
  if (!ts.isPropertyAssignment(node)) return null
  const name = keyOf(node.name)
  if (name === null || !isSchema(node.initializer.getText())) return null
  for (const call of callsOf(node.initializer)) {
    const [given] = call.arguments ?? []
    const value =
      methodOf(call) === 'default' ? literalOf(given) : literalOf(propertyOf(given, 'default') ?? undefined)
    if (value !== null) return { name, value, node }
  }
  return null
}

/** `config.get('NAME', 'x')` */
const ofCall = (node: ts.Node): Fallback | null => {
  if (!ts.isCallExpression(node) || !ASKS.test(nameOf(node.expression))) return null
  const [name, value] = [literalOf(node.arguments[0]), literalOf(node.arguments[1])]
  const asked = name === null ? null : lastOf(name)
  const isSetting = SETTINGS.test(nameOf(node.expression)) || /config|env/i.test(nameOf(node.expression))
  return asked === null || value === null || !isSetting ? null : { name: asked, value, node }
}

const TAKES_SECRET =
  /(?:^|\.)(?:session|cookieSession|expressSession|expressjwt|jwt|koaJwt|cookieParser|register|registerAsync)$/i

/** The fallback is given to what signs, in the same expression or through one constant. */
const signs = (node: ts.Node, source: ts.SourceFile): boolean => {
  const signers = new Set(
    [...importsOf(source)].flatMap(([local, { from }]) =>
      /^(?:jsonwebtoken|jwt-simple)$/.test(from) ? [local] : [],
    ),
  )
  const isSigner = (call: ts.CallExpression | ts.NewExpression) =>
    signers.has(nameOf(call.expression).split('.')[0] ?? '') &&
    /^(?:sign|verify|encode|decode)$/.test(methodOf(call))
  const declared = [...around(node)].find(ts.isVariableDeclaration)
  const constant =
    declared !== undefined && ts.isIdentifier(declared.name) && declared.initializer === node
      ? declared.name.text
      : null
  for (const call of callsOf(source)) {
    const args = call.arguments ?? []
    const key = isSigner(call) ? args[1] : undefined
    const takes = TAKES_SECRET.test(nameOf(call.expression))
    const option = takes ? propertyOf(args.at(-1), 'secret') : undefined
    for (const given of [
      key,
      option,
      takes && /cookieParser$/i.test(nameOf(call.expression)) ? args[0] : undefined,
    ]) {
      const plain = given ? bare(given) : null
      if (plain === node || (constant !== null && plain !== null && plain.getText() === constant)) return true
    }
  }
  return false
}

/** Somewhere the file ends or throws because of this name: nobody runs it with the fallback by accident. */
const refusesWithout = (name: string, source: ts.SourceFile, value: string): boolean => {
  for (const node of nodesOf(source)) {
    if (!ts.isIfStatement(node)) continue
    const condition = node.expression.getText()
    const about = condition.includes(name) || condition.includes(value) || /prod/i.test(condition)
    if (about && /\bthrow\b|process\.exit|\bfatal\b/.test(node.thenStatement.getText())) return true
  }
  return false
}

export function* findInScript({ source, text }: Script): Generator<Sighting<ts.Node>> {
  for (const node of nodesOf(source)) {
    const found = ofOperator(node) ?? ofPattern(node) ?? ofSchema(node) ?? ofCall(node)
    if (found === null || !isFallback(found.value)) continue
    const { name, value } = found
    const kind = kindOfName(name)
    if (kind === null || isUnderCondition(node) || refusesWithout(name, source, value)) continue
    const line = text.split('\n')[source.getLineAndCharacterOfPosition(node.getStart(source)).line] ?? ''
    const excerpt = withoutLiteral(line, value)
    yield {
      kind: kind === 'secret' && signs(node, source) ? 'signs' : kind,
      name,
      node,
      scope: name,
      excerpt,
    }
  }
}
