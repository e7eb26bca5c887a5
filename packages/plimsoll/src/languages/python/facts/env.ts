import type { EnvRead } from '../../../model/system.ts'
import { type Code, scopeAt } from '../code/code.ts'
import { asText } from '../code/read-text.ts'
import type { Call, Scope, Source } from '../code/scope.ts'
import { argument, descendants, field, lineOf, type Node, named } from '../code/syntax.ts'
import type { Value } from '../code/values.ts'

const READERS = new Set(['os.getenv', 'os.environ.get', 'os.environ.pop', 'os.environ.setdefault'])
const STRICT = new Set(['decouple.config', 'starlette.config.Config', 'os.environ.__getitem__'])
const ENV_OBJECTS = new Set(['environs.Env', 'environ.Env', 'starlette.config.Config', 'decouple.Config'])
const SETTINGS = new Set([
  'pydantic.BaseSettings',
  'pydantic_settings.BaseSettings',
  'pydantic.v1.BaseSettings',
])

/** `lenient`: no default means None; `strict`: no default means that the app does not start. */
const readerKind = (code: Code, call: Call): 'lenient' | 'strict' | null => {
  const callee = field(call.node, 'function')
  if (callee === null) return null
  for (const value of code.evaluate.all(callee, call.scope)) {
    if (value.kind === 'external' && READERS.has(value.name)) return 'lenient'
    if (value.kind === 'external' && STRICT.has(value.name)) return 'strict'
    const object = value.kind === 'member' ? value.of : value
    if (object.kind === 'object' && object.type.kind === 'external' && ENV_OBJECTS.has(object.type.name))
      return object === value ||
        /^(str|int|bool|float|url|list|db|dict|json|path|get_value|db_url)$/.test(memberName(value))
        ? 'strict'
        : null
  }
  return null
}

const memberName = (value: Value) => (value.kind === 'member' ? value.name : '')

const fromCall = (code: Code, call: Call): EnvRead[] => {
  const first = argument(call.node, 'key', 0) ?? argument(call.node, 'name')
  const name = first === null ? null : code.evaluate.one(first, call.scope)
  if (name?.kind !== 'text' || !/^\w+$/.test(name.text)) return []
  const kind = readerKind(code, call)
  if (kind === null) return []
  const written =
    kind === 'lenient'
      ? argument(call.node, 'default', 1)
      : argument(call.node, 'default', defaultPosition(call))
  const value = written === null ? null : code.evaluate.one(written, call.scope)
  return [
    {
      name: name.text,
      default: value === null ? null : asText(value),
      example: null,
      place: { file: call.scope.file, line: lineOf(call.node) },
      ...(kind === 'strict' && written === null ? { required: true } : {}),
    },
  ]
}

const defaultPosition = (call: Call) => (field(call.node, 'function')?.type === 'identifier' ? null : 1)

/** `os.environ['NAME']`: without it the app stops with a KeyError. */
const fromSubscripts = (code: Code, source: Source): EnvRead[] => {
  if (!source.root.node.text.includes('environ')) return []
  return descendants(source.root.node, 'subscript').flatMap((node): EnvRead[] => {
    const scope = scopeAt(source, node.startIndex)
    const of = field(node, 'value')
    const key = field(node, 'subscript')
    if (of === null || key === null || (node.parent?.type === 'assignment' && isTarget(node))) return []
    const value = code.evaluate.one(of, scope)
    if (value.kind !== 'external' || value.name !== 'os.environ') return []
    const name = code.evaluate.one(key, scope)
    if (name.kind !== 'text') return []
    const place = { file: source.file, line: lineOf(node) }
    return [{ name: name.text, default: null, example: null, place, required: true }]
  })
}

const isTarget = (node: Node) => {
  const left = node.parent === null ? null : field(node.parent, 'left')
  return left?.equals(node) === true
}

const prefixOf = (code: Code, scope: Scope): string => {
  for (const value of code.evaluate.attribute({ kind: 'class', scope }, 'model_config')) {
    if (value.kind !== 'object') continue
    const prefix = code.evaluate.one(argument(value.node, 'env_prefix'), value.scope)
    if (prefix.kind === 'text') return prefix.text
  }
  const config = scope.inner.find((inner) => inner.name === 'Config')
  const binding = config?.bindings.get('env_prefix')?.[0]
  const value =
    binding?.kind === 'value' && config !== undefined ? code.evaluate.one(binding.node, config) : null
  return value?.kind === 'text' ? value.text : ''
}

/** Annotated fields of a pydantic settings class are read from variables of the same name. */
const fromSettings = (code: Code, scope: Scope): EnvRead[] => {
  const ancestors = code.evaluate.ancestors({ kind: 'class', scope })
  if (!ancestors.some((one) => one.kind === 'external' && SETTINGS.has(one.name))) return []
  const prefix = prefixOf(code, scope)
  return named(field(scope.node, 'body')).flatMap((statement): EnvRead[] => {
    const assignment = named(statement)[0]
    if (assignment?.type !== 'assignment' || field(assignment, 'type') === null) return []
    const name = field(assignment, 'left')?.text ?? ''
    const right = field(assignment, 'right')
    const value = right === null ? null : asText(code.evaluate.one(right, scope))
    const optional = right !== null || /None|Optional/.test(field(assignment, 'type')?.text ?? '')
    return [
      {
        name: `${prefix}${name}`.toUpperCase(),
        default: value,
        example: null,
        place: { file: scope.file, line: lineOf(assignment) },
        ...(optional ? {} : { required: true }),
      },
    ]
  })
}

const APART = /(^|\/)(tests?|docs?|migrations)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/

/** Environment variables that the source reads, in order of file and line. */
export const readEnv = (code: Code): EnvRead[] =>
  code.sources
    .filter((source) => !APART.test(source.file))
    .flatMap((source) =>
      [
        ...source.calls.flatMap((call) => fromCall(code, call)),
        ...fromSubscripts(code, source),
        ...source.scopes.flatMap((scope) => (scope.kind === 'class' ? fromSettings(code, scope) : [])),
      ].sort((a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0)),
    )
