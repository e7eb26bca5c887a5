import type { Node } from 'web-tree-sitter'
import {
  argumentsOf,
  calleeOf,
  dottedName,
  pythonCalls,
  pythonFunctionAround,
  pythonText,
} from './python-nodes.ts'
import type { Origin } from './request-data.ts'

const REQUEST =
  /^(?:self\.|flask\.)?request\.(?:args|form|values|json|data|cookies|headers|files|GET|POST|query_params|path_params|get_json|get_data|body|url|path)(?:\.|$)/
const ROUTES = /(?:^|\.)(?:route|get|post|put|patch|delete|api_route|websocket)$/
const TEXTUAL = /^(?:str|Any|bytes|(?:Optional\[)?str\]?(?:\s*\|\s*None)?)$/
const KEEPS =
  /^(?:strip|lstrip|rstrip|lower|upper|title|replace|format|join|split|encode|decode|get|getlist|pop|values|items|read|to_dict)$/
const PASSES =
  /^(?:str|bytes|repr|unquote|urllib\.parse\.unquote|base64\.b64decode|b64decode|json\.loads|os\.path\.join)$/

const parametersOf = (fn: Node): Node[] =>
  (fn.childForFieldName('parameters')?.namedChildren ?? []).filter((node) => node !== null)

const nameOfParameter = (node: Node) =>
  node.type === 'identifier' ? node.text : (node.childForFieldName('name') ?? node.namedChildren[0])?.text

/** The calls that decorate a function, `@app.route('/users/<name>')` among them. */
const decoratorsOf = (fn: Node): Node[] =>
  fn.parent?.type !== 'decorated_definition'
    ? []
    : fn.parent.namedChildren
        .filter((node) => node?.type === 'decorator')
        .flatMap((node) => node?.namedChildren[0] ?? [])

const isConverted = (decorators: readonly Node[], name: string) =>
  decorators.some((node) =>
    new RegExp(`<(?:int|float|uuid)(?:\\(.*?\\))?:${name}>`).test(pythonText(argumentsOf(node)[0]) ?? ''),
  )

const ofParameter = (use: Node, fn: Node): Origin | null => {
  const found = parametersOf(fn).find((node) => nameOfParameter(node) === use.text)
  if (found === undefined || /^(?:self|cls)$/.test(use.text)) return null
  const type = found.childForFieldName('type')?.text
  if (type !== undefined && !TEXTUAL.test(type)) return null
  const decorators = decoratorsOf(fn).filter((node) => node.type === 'call' && ROUTES.test(calleeOf(node)))
  if (decorators.length > 0)
    return isConverted(decorators, use.text) ? null : { from: 'request', text: use.text }
  return { from: 'parameter', text: use.text }
}

const assignmentsTo = (use: Node, scope: Node): Node[] =>
  [...scope.descendantsOfType('assignment'), ...scope.descendantsOfType('augmented_assignment')].flatMap(
    (node) =>
      node !== null &&
      node.startIndex < use.startIndex &&
      node.endIndex <= use.startIndex &&
      node.childForFieldName('left')?.text === use.text
        ? (node.childForFieldName('right') ?? [])
        : [],
  )

/** Held against a list or a pattern somewhere in the function: whether well is not read. */
const isChecked = (use: Node, fn: Node): boolean => {
  const compared = fn
    .descendantsOfType('comparison_operator')
    .some(
      (node) =>
        node !== null &&
        node.namedChildren[0]?.text === use.text &&
        /\bin\b/.test(node.text.slice(use.text.length)),
    )
  return (
    compared ||
    pythonCalls(fn).some((call) => {
      const name = calleeOf(call)
      if (
        name === `${use.text}.isdigit` ||
        name === `${use.text}.isalnum` ||
        name === `${use.text}.isidentifier`
      )
        return true
      return (
        /^(?:re\.\w+|isinstance|validate\w*|check\w*|.*\.(?:match|fullmatch|validate))$/.test(name) &&
        argumentsOf(call).some(({ text }) => text === use.text)
      )
    })
  )
}

/** How far to follow, and whether a value that was checked on the way is let go. */
type Walk = { hops: number; letsGo: boolean }

const MOST_HOPS = 8
const shorter = (walk: Walk): Walk => ({ ...walk, hops: walk.hops - 1 })

const firstOf = (nodes: readonly (Node | null)[], walk: Walk): Origin | null => {
  for (const node of nodes) {
    const origin = node === null ? null : trace(node, walk)
    if (origin !== null) return origin
  }
  return null
}

const ofName = (use: Node, walk: Walk): Origin | null => {
  const fn = pythonFunctionAround(use)
  if (fn === null || (walk.letsGo && isChecked(use, fn))) return null
  const assigned = assignmentsTo(use, fn)
  return assigned.length > 0 ? firstOf(assigned, shorter(walk)) : ofParameter(use, fn)
}

const ofCall = (node: Node, walk: Walk): Origin | null => {
  const callee = node.childForFieldName('function')
  if (PASSES.test(dottedName(callee))) return firstOf(argumentsOf(node), walk)
  if (callee?.type !== 'attribute' || !KEEPS.test(callee.childForFieldName('attribute')?.text ?? ''))
    return null
  return firstOf([callee.childForFieldName('object'), ...argumentsOf(node)], walk)
}

const trace = (node: Node, walk: Walk): Origin | null => {
  if (walk.hops <= 0) return null
  if (REQUEST.test(dottedName(node))) return { from: 'request', text: node.text.slice(0, 60) }
  switch (node.type) {
    case 'identifier':
      return ofName(node, walk)
    case 'call':
      return ofCall(node, walk)
    case 'subscript':
      return firstOf([node.childForFieldName('value')], walk)
    case 'string':
      return firstOf(
        node.descendantsOfType('interpolation').map((one) => one?.namedChildren[0] ?? null),
        walk,
      )
    case 'binary_operator':
    case 'boolean_operator':
      return firstOf([node.childForFieldName('left'), node.childForFieldName('right')], walk)
    case 'conditional_expression':
      return firstOf([node.namedChildren[0] ?? null, node.namedChildren[2] ?? null], walk)
    case 'parenthesized_expression':
    case 'tuple':
    case 'list':
    case 'await':
    case 'concatenated_string':
      return firstOf(node.namedChildren, walk)
    default:
      return null
  }
}

/** As `originOf`, for Python: assignments, f-strings, `%`, `+`, `format` and text methods inside of one function. */
export const pythonOriginOf = (node: Node): Origin | null => trace(node, { hops: MOST_HOPS, letsGo: true })

/** As `senderOf`, for Python. */
export const pythonSenderOf = (node: Node): Origin | null => trace(node, { hops: MOST_HOPS, letsGo: false })

/** The expressions that were last assigned to a name before it is used in its function; none for a parameter. */
export const pythonValuesOf = (use: Node): Node[] => {
  const scope = pythonFunctionAround(use)
  return scope === null ? [] : assignmentsTo(use, scope)
}
