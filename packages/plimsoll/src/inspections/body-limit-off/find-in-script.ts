import ts from 'typescript'
import {
  callsOf,
  importsOf,
  literalOf,
  methodOf,
  nameOf,
  propertyOf,
} from '../../instruments/source/script-nodes.ts'
import { constantOf, numberOf } from '../constant-of.ts'
import type { Script, Sighting } from '../define-reading.ts'

const LARGE_BYTES = 50 * 1024 * 1024
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 2 ** 10,
  mb: 2 ** 20,
  gb: 2 ** 30,
  tb: 2 ** 40,
}

/** `'50mb'`, `52428800`, `Infinity` in bytes; null where it is only known when it runs. */
const bytesOf = (expression: ts.Expression): number | null => {
  const node = constantOf(expression)
  const text = literalOf(node)
  if (text === null) return numberOf(node)
  const [, amount = '', unit = ''] = /^\s*([\d.]+)\s*([kmgt]?b?)\s*$/i.exec(text) ?? []
  const size = UNITS[unit.toLowerCase()]
  return amount === '' || size === undefined ? null : Number(amount) * size
}

const PARSERS =
  /^(?:json|urlencoded|raw|text|bodyParser|bodyparser|koaBody|koaBodyparser|body|useBodyParser)$/i
const PARSER_OPTIONS = ['limit', 'jsonLimit', 'formLimit', 'textLimit', 'xmlLimit']
const SERVERS = /(?:^|\.)(?:fastify|FastifyAdapter)$/i

const optionsOf = (call: ts.CallExpression | ts.NewExpression): ts.Expression[] =>
  (call.arguments ?? []).map((one) => constantOf(one)).filter(ts.isObjectLiteralExpression)

const limited = (call: ts.CallExpression | ts.NewExpression, names: readonly string[]) =>
  optionsOf(call).flatMap((options) =>
    names.flatMap((name) => {
      const value = propertyOf(options, name)
      return value === null ? [] : [{ name, value }]
    }),
  )

/** `multer()` and `multer({ dest })`, but not `multer().none()`, which takes no files. */
const isOpenUpload = (call: ts.CallExpression | ts.NewExpression, multer: ReadonlySet<string>): boolean => {
  if (!ts.isIdentifier(call.expression) || !multer.has(call.expression.text)) return false
  const { parent } = call
  if (ts.isPropertyAccessExpression(parent) && parent.name.text === 'none') return false
  const [given] = call.arguments ?? []
  if (given === undefined) return true
  const options = constantOf(given)
  if (!ts.isObjectLiteralExpression(options)) return false
  if (options.properties.some(ts.isSpreadAssignment)) return false
  const limits = propertyOf(options, 'limits')
  if (limits === null) return true
  const written = constantOf(limits)
  return ts.isObjectLiteralExpression(written) && propertyOf(written, 'fileSize') === null
}

export function* findInScript({ source }: Script): Generator<Sighting<ts.Node>> {
  const multer = new Set(
    [...importsOf(source)].flatMap(([local, { from, name }]) =>
      from === 'multer' && (name === '*' || name === 'default') ? [local] : [],
    ),
  )
  for (const node of callsOf(source)) {
    if (isOpenUpload(node, multer)) yield { kind: 'upload', name: 'multer', node }
    const method = methodOf(node)
    const names = SERVERS.test(nameOf(node.expression))
      ? ['bodyLimit']
      : PARSERS.test(method)
        ? PARSER_OPTIONS
        : []
    for (const { name, value } of limited(node, names)) {
      const bytes = bytesOf(value)
      if (bytes === Number.POSITIVE_INFINITY)
        yield { kind: 'endless', name: `${method} ${name}`, node: value }
      else if (bytes !== null && bytes >= LARGE_BYTES)
        yield { kind: 'large', name: `${method} ${name}`, node: value }
    }
  }
}
