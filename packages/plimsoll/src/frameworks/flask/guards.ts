import type { Code } from '../../languages/python/code/code.ts'
import type { Scope } from '../../languages/python/code/scope.ts'
import { argument, calledName, descendants, field, type Node } from '../../languages/python/code/syntax.ts'
import type { Value } from '../../languages/python/code/values.ts'
import type { Tristate } from '../../model/system.ts'

/** A decorator that runs around the handler. */
export type Decorator = { node: Node; scope: Scope }

/** What runs before and around a route. */
export type Around = { handler: Scope | null; decorators: readonly Decorator[]; hooks: readonly Scope[] }

const GUARDS =
  /(?:login|auth\w*|jwt|token|role|roles|permission|permissions|admin|user|scope|scopes|access|session|api_?key|signin)_?(?:required|needed|accepted|only|protected|check|verified)|requires?_?(?:auth|login|token|role|permission|scope|admin|user|api_?key)|^(?:authenticate|authenticated|authorize|authorized|protected|secured|auth_token|protect|roles_accepted|has_role|has_permission|restricted|admin_only|login_only|require_oauth)$/i

const HARMLESS =
  /route|cache|limit|swag|cross_origin|cors|expect|use_args|use_kwargs|marshal|response|arguments|^doc$|param|valid|csrf|exempt|templated|wraps|inject|produces|consumes|deprecated|staticmethod|classmethod|property|header|model|json|schema|timeit|timed|log|trace|metrics|counter|^(?:get|post|put|patch|delete|query|input|output)$/i

/** The request's credentials, as Flask and its login extensions hand them over. */
const CREDENTIALS =
  /request\.(?:headers|authorization|cookies)|\bsession\b|current_user|get_jwt|verify_jwt|jwt\.decode|\bg\.(?:user|current_user)|is_authenticated|get_current_user|auth_header|[Aa]uthorization/

const REFUSES = /\b(?:401|403)\b|Unauthorized|Forbidden|UNAUTHORIZED|FORBIDDEN/
const SENDS_AWAY = /redirect\([^)]*(?:login|sign|auth)/i
const EXEMPTS = /request\.(?:path|endpoint|url_rule|blueprint|method)/

type Signals = { reads: boolean; refuses: boolean; sendsAway: boolean; exempts: boolean }

/** What a function does with credentials, its own text and that of the functions it calls. */
const signalsOf = (code: Code, scope: Scope, depth = 2): Signals => {
  const text = withoutComments(scope.node)
  const own = {
    reads: CREDENTIALS.test(text),
    refuses: REFUSES.test(text),
    sendsAway: SENDS_AWAY.test(text),
    exempts: EXEMPTS.test(text),
  }
  if (depth === 0 || (own.reads && own.refuses)) return own
  for (const inner of calledFunctions(code, scope)) {
    const signals = signalsOf(code, inner, depth - 1)
    own.reads ||= signals.reads
    own.refuses ||= signals.refuses
    own.sendsAway ||= signals.sendsAway
  }
  return own
}

const withoutComments = (node: Node): string => {
  const comments = descendants(node, 'comment').map((comment) => comment.text)
  return comments.reduce((text, comment) => text.replace(comment, ''), node.text)
}

/** Functions of the project that a function calls by name. */
export const calledFunctions = (code: Code, scope: Scope): Scope[] => {
  const found = new Set<Scope>()
  for (const call of descendants(scope.node, 'call')) {
    const callee = field(call, 'function')
    if (callee === null) continue
    for (const value of code.evaluate.all(callee, scope))
      if (value.kind === 'function' && value.scope !== scope) found.add(value.scope)
  }
  return [...found]
}

const nameOf = (node: Node) =>
  node.type === 'call' ? calledName(node) : (field(node, 'attribute')?.text ?? node.text)

const isOptional = (code: Code, { node, scope }: Decorator) => {
  if (node.type !== 'call') return false
  const value = code.evaluate.one(argument(node, 'optional'), scope)
  return value.kind === 'truth' && value.truth
}

const sourceOf = (code: Code, { node, scope }: Decorator): Value[] => {
  const callee = node.type === 'call' ? field(node, 'function') : node
  return callee === null ? [] : code.evaluate.all(callee, scope)
}

const guardOfDecorator = (code: Code, decorator: Decorator): Tristate => {
  const name = nameOf(decorator.node)
  if (isOptional(code, decorator)) return 'no'
  for (const value of sourceOf(code, decorator)) {
    if (value.kind !== 'function') continue
    const { reads, refuses, sendsAway } = signalsOf(code, value.scope)
    if ((refuses || sendsAway) && (reads || GUARDS.test(name))) return 'yes'
    return GUARDS.test(name) ? 'unknown' : 'no'
  }
  if (GUARDS.test(name)) return 'yes'
  return HARMLESS.test(name) ? 'no' : 'unknown'
}

const guardOfHook = (code: Code, hook: Scope): Tristate => {
  const { reads, refuses, sendsAway, exempts } = signalsOf(code, hook)
  if (!reads || !(refuses || sendsAway)) return 'no'
  return exempts ? 'unknown' : 'yes'
}

/** Whether someone without credentials is turned away before the handler does its work. */
export const guardOf = (code: Code, { handler, decorators, hooks }: Around): Tristate => {
  const found: Tristate[] = [
    ...decorators.map((decorator) => guardOfDecorator(code, decorator)),
    ...hooks.map((hook) => guardOfHook(code, hook)),
  ]
  if (handler !== null) {
    const { reads, refuses } = signalsOf(code, handler)
    if (reads && refuses) found.push('yes')
  }
  if (found.includes('yes')) return 'yes'
  return found.includes('unknown') || handler === null ? 'unknown' : 'no'
}
