import type ts from 'typescript'
import type { SourcePlace } from '../../../model/evidence.ts'

/** What an expression is known to be without running it. */
export type Value =
  | Constant
  | Pattern
  | List
  | Dictionary
  | Closure
  | Class
  | Host
  | External
  | Choice
  | Unknown

export type Primitive = string | number | boolean | bigint | null | undefined
export type Constant = { readonly kind: 'constant'; readonly value: Primitive }

/** A regular expression literal. */
export type Pattern = { readonly kind: 'pattern'; readonly source: string; readonly flags: string }

/** `open`: may hold more items than we see. */
export type List = { readonly kind: 'list'; readonly items: Value[]; open: boolean }

/** An object literal, an instance of a class of the target, or a module's exports. */
export type Dictionary = {
  readonly kind: 'dictionary'
  readonly fields: Map<string, Value>
  /** may hold more fields than we see */
  open: boolean
  readonly of: Class | null
  readonly node: ts.Node | null
  /** what was spread into the literal and could not be read, with the fields that came before it */
  spreads?: { readonly value: Value; readonly before: number }[]
}

export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration

/** A function written in the target, with what it can see. */
export type Closure = {
  readonly kind: 'closure'
  readonly node: FunctionNode
  readonly scope: Scope
  /** what `this` is inside; null for an ordinary function that nobody bound */
  readonly self: Value | null
  readonly fields: Map<string, Value>
  /** set by `bind`: arguments that come first */
  readonly bound: readonly Value[]
}

/** A class written in the target. `fields` are the static ones. */
export type Class = {
  readonly kind: 'class'
  readonly node: ts.ClassLikeDeclaration
  readonly scope: Scope
  readonly parent: Value | null
  readonly fields: Map<string, Value>
}

/** Something we model ourselves: a function of the language, or an object of a framework. */
export type Host = {
  readonly kind: 'host'
  /** as a reader would call it: `express()`, `path.join` */
  readonly name: string
  /** null: nothing known of that member */
  get?(key: string, self: Value): Value | null
  call?(call: Call): Value
  construct?(call: Call): Value
  /** what the target itself assigned to it */
  readonly fields: Map<string, Value>
  /** its arguments are kept for later, so a function among them is not run now */
  readonly keepsArguments?: boolean
}

/** Something of a package we have no model of: `passport.authenticate('jwt')` is path ['authenticate', '()']. */
export type External = {
  readonly kind: 'external'
  readonly package: string
  readonly path: readonly string[]
  /** of the last call on the way here */
  readonly args: readonly Value[]
  readonly place: SourcePlace | null
  /** what that call called, so that a chain of calls can be read from its end; absent before the first one */
  readonly callee?: External
}

/** One of several; which one is decided at run time. */
export type Choice = { readonly kind: 'choice'; readonly options: readonly Value[] }

export type Unknown = {
  readonly kind: 'unknown'
  /** in words a reader understands: `the parameter "app"` */
  readonly why: string
  /** a default may stand in for it: it is read from the environment */
  readonly fromEnvironment?: boolean
  /** what the repo's own env files make it, for what only prints it: a path, a prefix; no condition is decided by it */
  readonly likely?: string
}

export type Call = {
  readonly args: readonly Value[]
  readonly self: Value
  readonly node: ts.Node
  readonly place: SourcePlace
  /** false inside a branch that may not be taken */
  readonly certain: boolean
  /** how many undecided branches are around it */
  readonly depth: number
}

export type Binding = {
  value: Value | null
  /** computes the value when it is first asked for */
  lazy: (() => Value) | null
  readonly node: ts.Node | null
  /** how many undecided branches deep it was declared */
  readonly depth: number
}

export type Scope = {
  readonly parent: Scope | null
  readonly file: string
  readonly bindings: Map<string, Binding>
  /** what `this` is here; undefined: look further out */
  readonly self?: Value | null
  /** the class whose method this is, for `super` */
  readonly home?: Class | null
  /** true for the scope that `var` belongs to */
  readonly isFunction: boolean
}

export const constant = (value: Primitive): Constant => ({ kind: 'constant', value })
export const UNDEFINED: Constant = constant(undefined)
export const unknown = (why: string, fromEnvironment = false): Unknown => ({
  kind: 'unknown',
  why,
  fromEnvironment,
})
/** A variable of the environment, with the value that the repo's env files give it. */
export const variable = (name: string, likely: string | undefined): Unknown => ({
  ...unknown(`the environment variable ${name}`, true),
  ...(likely === undefined ? {} : { likely }),
})
export const list = (items: readonly Value[], open = false): List => ({
  kind: 'list',
  items: [...items],
  open,
})
export const dictionary = (
  fields: Iterable<readonly [string, Value]> = [],
  options: { open?: boolean; of?: Class | null; node?: ts.Node | null } = {},
): Dictionary => ({
  kind: 'dictionary',
  fields: new Map(fields),
  open: options.open ?? false,
  of: options.of ?? null,
  node: options.node ?? null,
})
export const host = (name: string, behaviour: Omit<Host, 'kind' | 'name' | 'fields'>): Host => ({
  kind: 'host',
  name,
  fields: new Map(),
  ...behaviour,
})
/** A modelled function. */
export const native = (name: string, call: (call: Call) => Value): Host => host(name, { call })

const MOST_OPTIONS = 8

/** The join of several possibilities: equal ones fall together. */
export const choose = (values: readonly Value[]): Value => {
  const options: Value[] = []
  for (const value of values.flatMap((each) => (each.kind === 'choice' ? each.options : [each]))) {
    if (!options.some((option) => same(option, value))) options.push(value)
  }
  const [only] = options
  if (only === undefined) return UNDEFINED
  return options.length === 1 ? only : { kind: 'choice', options: options.slice(0, MOST_OPTIONS) }
}

export const same = (left: Value, right: Value): boolean =>
  left === right ||
  (left.kind === 'constant' && right.kind === 'constant' && Object.is(left.value, right.value)) ||
  (left.kind === 'unknown' && right.kind === 'unknown')

/** Every possibility: the options of a choice, otherwise the value alone. */
export const optionsOf = (value: Value): readonly Value[] =>
  value.kind === 'choice' ? value.options : [value]

const BASE = '\u0000base'

/** Makes an instance of a class of the target behave as the modelled object it extends. */
export const setBase = (instance: Dictionary, base: Value) => instance.fields.set(BASE, base)
export const baseOf = (value: Value): Value | null =>
  value.kind === 'dictionary' ? (value.fields.get(BASE) ?? null) : null

/** The modelled object that a value is, or extends. */
export const hostOf = (value: Value): Host | null => {
  if (value.kind === 'host') return value
  const base = baseOf(value)
  return base === null ? null : hostOf(base)
}

/** The string that a value certainly is (numbers and booleans as they print), otherwise null. */
export const textOf = (value: Value | undefined): string | null =>
  value?.kind === 'constant' && value.value !== undefined && value.value !== null ? String(value.value) : null

/** The text that a value is, or is likely to be in a running app; otherwise null. */
export const likelyTextOf = (value: Value | undefined): string | null =>
  value?.kind === 'unknown' ? (value.likely ?? null) : textOf(value)

/** true or false where it is certain, otherwise null. */
export const truthOf = (value: Value): boolean | null => {
  if (value.kind === 'constant') return Boolean(value.value)
  if (value.kind === 'unknown' || value.kind === 'external') return null
  if (value.kind !== 'choice') return true
  const truths = new Set(value.options.map(truthOf))
  return truths.size === 1 ? ([...truths][0] ?? null) : null
}
