import type { Code } from '../../languages/python/code/code.ts'
import type { Scope } from '../../languages/python/code/scope.ts'
import { argument, calledName, descendants, field, type Node } from '../../languages/python/code/syntax.ts'
import type { Value } from '../../languages/python/code/values.ts'
import type { Tristate } from '../../model/system.ts'
import { calledFunctions, type Decorator } from './guards.ts'

const DECORATORS = new Set([
  ...[
    'use_args',
    'use_kwargs',
    'arguments',
    'expects_json',
    'validate',
    'validate_json',
    'input',
    'validate_schema',
  ],
])

const SCHEMAS =
  /^(?:marshmallow\.(?:schema\.)?Schema|flask_marshmallow\.|pydantic\.(?:main\.)?BaseModel|wtforms\.|flask_wtf\.|cerberus\.Validator|flask_restful\.reqparse\.RequestParser|flask_restx\.reqparse\.RequestParser|voluptuous\.Schema|schema\.Schema)/

const CHECKS = new Set([
  ...[
    'load',
    'validate',
    'model_validate',
    'parse_obj',
    'validate_python',
    'parse_args',
    'validate_on_submit',
  ],
])

const FUNCTIONS = new Set([
  'jsonschema.validate',
  'jsonschema.validators.validate',
  'fastjsonschema.validate',
])

const isSchema = (code: Code, value: Value): boolean => {
  if (value.kind === 'member') return /\.Schema$|^ma$/.test(value.name) || isSchema(code, value.of)
  const type = value.kind === 'object' ? value.type : value
  return code.evaluate
    .ancestors(type)
    .some((ancestor) => ancestor.kind === 'external' && SCHEMAS.test(ancestor.name))
}

const checks = (code: Code, call: Node, scope: Scope): boolean => {
  const callee = field(call, 'function')
  if (callee === null) return false
  const values = code.evaluate.all(callee, scope)
  if (values.some((value) => value.kind === 'external' && FUNCTIONS.has(value.name))) return true
  if (values.some((value) => value.kind === 'class' && isSchema(code, value) && readsRequest(call)))
    return true
  const object = field(callee, 'object')
  if (object === null || !CHECKS.has(calledName(call))) return false
  return code.evaluate.all(object, scope).some((value) => isSchema(code, value))
}

const readsRequest = (call: Node) => /request|body|payload|data/.test(field(call, 'arguments')?.text ?? '')

const fromFunction = (code: Code, scope: Scope, depth: number): boolean => {
  if (descendants(scope.node, 'call').some((call) => checks(code, call, scope))) return true
  return depth > 0 && calledFunctions(code, scope).some((inner) => fromFunction(code, inner, depth - 1))
}

const fromDecorator = (code: Code, { node, scope }: Decorator): boolean => {
  if (node.type !== 'call') return false
  const name = calledName(node)
  if (name === 'expect') {
    const value = code.evaluate.one(argument(node, 'validate'), scope)
    return value.kind === 'truth' && value.truth
  }
  return DECORATORS.has(name)
}

/** Whether what the client sends is checked against a description before it is used. */
export const validatorOf = (
  code: Code,
  handler: Scope | null,
  decorators: readonly Decorator[],
): Tristate => {
  if (decorators.some((decorator) => fromDecorator(code, decorator))) return 'yes'
  if (handler === null) return 'unknown'
  return fromFunction(code, handler, 1) ? 'yes' : 'no'
}
