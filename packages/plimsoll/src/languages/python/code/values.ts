import type { Scope } from './scope.ts'
import type { Node } from './syntax.ts'

/** What an expression stands for, as far as reading can tell. */
export type Value =
  /** `from` names the environment variable whose default this is */
  | { kind: 'text'; text: string; from?: string }
  | { kind: 'number'; number: number; from?: string }
  | { kind: 'truth'; truth: boolean }
  | { kind: 'none' }
  | { kind: 'list'; items: readonly Value[] }
  | { kind: 'table'; entries: ReadonlyMap<string, Value> }
  /** something of an installed package or the standard library: `flask.Flask` */
  | { kind: 'external'; name: string }
  | { kind: 'module'; file: string | null; folder: string }
  | { kind: 'function'; scope: Scope; self: Value | null }
  | { kind: 'class'; scope: Scope }
  /** what a call made; the place of the call is its identity */
  | { kind: 'object'; type: Value; node: Node; scope: Scope }
  /** an attribute that is not ours to know: `app.config`, `UserView.as_view` */
  | { kind: 'member'; of: Value; name: string }
  /** `from` names the environment variable that decides it */
  | { kind: 'unknown'; why: string; from?: string }

export type ObjectValue = Extract<Value, { kind: 'object' }>

export const unknown = (why: string, from?: string): Value => ({
  kind: 'unknown',
  why,
  ...(from === undefined ? {} : { from }),
})
export const text = (value: string, from?: string): Value => ({
  kind: 'text',
  text: value,
  ...(from === undefined ? {} : { from }),
})

/** The same call, function, class or module always has the same key. */
export const identity = (value: Value): string => {
  switch (value.kind) {
    case 'object':
      return `${value.scope.file}:${value.node.startIndex}:${value.node.endIndex}`
    case 'function':
    case 'class':
      return `${value.scope.file}#${value.scope.node.startIndex}`
    case 'external':
      return value.name
    case 'module':
      return value.file ?? value.folder
    case 'member':
      return `${identity(value.of)}.${value.name}`
    case 'list':
      return `[${value.items.map(identity).join()}]`
    case 'table':
      return `{${[...value.entries].map(([key, entry]) => `${key}:${identity(entry)}`).join()}}`
    default:
      return JSON.stringify(value)
  }
}
