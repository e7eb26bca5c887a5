import type ts from 'typescript'
import type { Project } from '../../../instruments/source/project.ts'
import type { SourcePlace } from '../../../model/evidence.ts'
import type { Resolution } from './resolve-module.ts'
import type { Call, Closure, Dictionary, Scope, Value } from './value.ts'

/** What a package (or a module of the platform) is; null leaves it an External. */
export type PackageModel = (specifier: string, world: World) => Value | null

/**
 * The target's code, followed without running it: modules are walked from their top, functions of the target
 * are followed into with the arguments they get, both sides of an undecided condition are taken, and objects
 * that a framework's model hands out (`Host`) see every call made on them, in order.
 *
 * **Contract:** nothing of the target is executed; nothing throws about what the target's code looks like; work is
 * bounded by `exhausted`, after which everything still unseen is unknown.
 */
export type World = {
  readonly project: Project
  /** the budget of steps ran out: what is missing must be told as unresolved */
  readonly exhausted: boolean
  /** where an import specifier written in `from` leads */
  resolve(from: string, specifier: string): Resolution
  /** follows a module from its top, once */
  follow(file: string): void
  /** follows a module from its top, once; its exports by name (`default`, and `module.exports` fields alike) */
  run(file: string): Dictionary
  /** what the name exported by a file is, through re-exports; null when there is no such export */
  exported(file: string, name: string): Value | null
  /** the value of an expression where it stands; names are looked up through imports, parameters are unknown */
  evaluate(expression: ts.Expression): Value
  /** the value of an expression in a given scope, such as a closure's with its parameters bound */
  evaluateIn(expression: ts.Expression, scope: Scope): Value
  /** follows a call; arguments that are missing are undefined */
  call(target: Value, args: readonly Value[], site: { node: ts.Node; self?: Value }): Value
  construct(target: Value, args: readonly Value[], node: ts.Node): Value
  /** a property, through classes, hosts and externals */
  get(target: Value, key: string): Value
  /** items of an array or iterable where they are known */
  items(target: Value): readonly Value[] | null
  /** own fields of an object literal, instance or module, as constants and values; null when it is no such thing */
  fields(target: Value): ReadonlyMap<string, Value> | null
  /** the scope a closure's body sees, with all parameters unknown unless given */
  scopeInside(closure: Closure, args?: readonly Value[]): Scope
  /** computes the constants of a statement where they stand, so that later expressions of that scope know them */
  declareIn(statement: ts.VariableStatement, scope: Scope): void
  /**
   * Follows every function and class of these files that nothing has called, with unknown arguments: a factory
   * that only a test or a start script of another kind calls still tells its routes.
   * `onlyWithParameters`: only those with a parameter that `WorldOptions.parameter` knows.
   */
  runUncalled(files: readonly string[], options?: { onlyWithParameters?: boolean }): void
  /** true when something called or constructed this function or class */
  wasFollowed(node: ts.Node): boolean
  place(node: ts.Node): SourcePlace
  /** a call in the form that hosts get */
  site(node: ts.Node, args: readonly Value[], self?: Value): Call
}

export type WorldOptions = {
  /** by package name without subpath; also `node:fs`-like built-ins, named without `node:` */
  packages: Readonly<Record<string, PackageModel>>
  /** steps (statements and calls) before it gives up; default 3,000,000 */
  budget?: number
  /** values for parameters that nothing gave, from their type annotation: `app: FastifyInstance` */
  /** the folder the module is started in, relative to the root; what process.cwd() answers */
  dir?: string
  /** values that the repo's own files give to variables of the environment */
  environment?: ReadonlyMap<string, string>
  parameter?: (node: ts.ParameterDeclaration, world: World) => Value | null
}
