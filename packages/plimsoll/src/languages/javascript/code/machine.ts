import type ts from 'typescript'
import type { Call, Class, Closure, Scope, Value } from './value.ts'
import type { World, WorldOptions } from './world.ts'

/** How a run of statements ended. `return` stands for a throw as well. */
export type Completion = 'normal' | 'return' | 'break' | 'continue'

/** What changes while code is followed. */
export type Progress = {
  steps: number
  /** undecided branches that we are inside of */
  maybe: number
  stack: ts.Node[]
  /** for each of them the call that led into it, where one did */
  sites: (ts.Node | null)[]
  /** values returned so far by each function that we are inside of */
  returns: Value[][]
  /** above zero: functions given away as arguments are kept for later, not run now */
  keeping: number
  /** which function that nothing called we are inside of; 0 while modules run by themselves */
  epoch: number
}

export type Site = { node: ts.Node; self?: Value }

/** The parts of the interpreter, for each other. */
export type Machine = {
  readonly world: World
  readonly options: WorldOptions
  readonly progress: Progress
  /** functions and classes by the epoch in which they were last followed */
  readonly followed: Map<ts.Node, number>
  evaluate(node: ts.Expression, scope: Scope): Value
  execute(statements: readonly ts.Statement[], scope: Scope): Completion
  bind(name: ts.BindingName, value: Value, scope: Scope): void
  assign(target: ts.Expression, value: Value, scope: Scope): void
  call(target: Value, args: readonly Value[], site: Site): Value
  construct(target: Value, args: readonly Value[], node: ts.Node): Value
  makeClass(node: ts.ClassLikeDeclaration, scope: Scope): Class
  makeClosure(node: Closure['node'], scope: Scope, self?: Value | null): Closure
  get(target: Value, key: string): Value
  set(target: Value, key: string, value: Value): void
  site(node: ts.Node, args: readonly Value[], self?: Value): Call
  /** value of `require(specifier)` or `await import(specifier)` */
  load(from: string, specifier: string, how: 'require' | 'namespace'): Value
  global(name: string, scope: Scope): Value | null
}

/** True once the budget is spent; every step asks. */
export const spent = (machine: Machine) => {
  machine.progress.steps += 1
  return machine.world.exhausted
}

/** Runs a branch that may not be taken. */
export const perhaps = <T>(machine: Machine, run: () => T): T => {
  machine.progress.maybe += 1
  try {
    return run()
  } finally {
    machine.progress.maybe -= 1
  }
}
