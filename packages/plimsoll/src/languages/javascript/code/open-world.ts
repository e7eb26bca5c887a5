import ts from 'typescript'
import type { Project } from '../../../instruments/source/project.ts'
import { createGlobals } from './builtins/globals.ts'
import { createPlatform } from './builtins/platform.ts'
import { bindParameters, call, callUncalled, makeClass, makeClosure } from './calls.ts'
import { construct } from './construct.ts'
import { evaluate } from './expressions.ts'
import type { Machine, Progress } from './machine.ts'
import { getMember, itemsOf, setMember } from './members.ts'
import { createModules, importMeta, type Modules } from './modules.ts'
import { originOf } from './origin.ts'
import { assignTo, bindPattern } from './patterns.ts'
import { createResolver } from './resolve-module.ts'
import { openScope } from './scope.ts'
import { executeAll } from './statements.ts'
import { scopeAt } from './static-scope.ts'
import {
  type Closure,
  dictionary,
  type External,
  type Scope,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts'
import type { World, WorldOptions } from './world.ts'

const BUDGET = 3_000_000

/** Opens a world over a project: see `World`. One world serves one framework's reading of one module. */
export const openWorld = (project: Project, options: WorldOptions): World => {
  const progress: Progress = { steps: 0, maybe: 0, stack: [], sites: [], returns: [], keeping: 0, epoch: 0 }
  const resolve = createResolver(project)
  const loaded = new Map<string, Value>()
  let lastEpoch = 0

  const place = (node: ts.Node) => {
    const source = node.getSourceFile()
    return {
      file: source.fileName,
      line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
    }
  }

  const packages = (name: string, subpath: string): Value => {
    const specifier = subpath === '' ? name : `${name}/${subpath}`
    const before = loaded.get(specifier)
    if (before !== undefined) return before
    const external: External = {
      kind: 'external',
      package: name,
      path: subpath === '' ? [] : [`/${subpath}`],
      args: [],
      place: null,
    }
    const model = Object.hasOwn(options.packages, name) ? options.packages[name] : undefined
    const value = model?.(specifier, world) ?? platform().get(specifier) ?? external
    loaded.set(specifier, value)
    return value
  }

  const world: World = {
    project,
    get exhausted() {
      return progress.steps > (options.budget ?? BUDGET)
    },
    resolve,
    follow: (file) => {
      modules().open(file)
    },
    run: (file) => {
      const module = modules().open(file)
      return module === null ? dictionary([], { open: true }) : modules().namespace(module)
    },
    exported: (file, name) => {
      const module = modules().open(file)
      return module === null ? null : modules().exported(module, name)
    },
    evaluate: (node) => evaluate(machine, node, scopeAt(machine, modules(), node)),
    evaluateIn: (node, scope) => evaluate(machine, node, scope),
    call: (target, args, site) => call(machine, target, args, site),
    construct: (target, args, node) => construct(machine, target, args, node),
    get: (target, key) => getMember(machine, target, key),
    items: itemsOf,
    fields: (target) =>
      target.kind === 'dictionary' && !target.open
        ? new Map([...target.fields].filter(([key]) => !key.startsWith('\u0000')))
        : null,
    scopeInside: (closure, args) => scopeInside(machine, closure, args),
    declareIn: (statement, scope) => {
      progress.keeping += 1
      progress.maybe += 1
      executeAll(machine, [statement], scope)
      progress.keeping -= 1
      progress.maybe -= 1
    },
    runUncalled: (files, { onlyWithParameters = false } = {}) => {
      progress.epoch = lastEpoch
      runUncalled(machine, modules(), files, onlyWithParameters)
      lastEpoch = progress.epoch
      // Whoever asks from here on wants an answer, also from functions that were followed before.
      progress.epoch = 0
    },
    wasFollowed: (node) => machine.followed.has(node),
    place,
    site: (node, args, self = UNDEFINED) => ({
      args,
      self,
      node,
      place: place(originOf(machine, node)),
      certain: progress.maybe === 0,
      depth: progress.maybe,
    }),
  }

  const machine: Machine = {
    world,
    options,
    progress,
    followed: new Map(),
    evaluate: (node, scope) => evaluate(machine, node, scope),
    execute: (statements, scope) => executeAll(machine, statements, scope),
    bind: (name, value, scope) => bindPattern(machine, name, value, scope),
    assign: (target, value, scope) => assignTo(machine, target, value, scope),
    call: world.call,
    construct: world.construct,
    makeClass: (node, scope) => makeClass(machine, node, scope),
    makeClosure,
    get: world.get,
    set: (target, key, value) => setMember(machine, target, key, value),
    site: world.site,
    load: (from, specifier, how) => modules().load(from, specifier, how),
    global: (name, scope) =>
      name === 'import.meta' ? importMeta(scope.file) : (globals().get(name) ?? null),
  }

  const modules = once(() => createModules(machine, packages))
  const globals = once(() => createGlobals(machine))
  const platform = once(() => createPlatform(machine))
  return world
}

const once = <T>(make: () => T) => {
  let made: { value: T } | null = null
  return (): T => {
    made ??= { value: make() }
    return made.value
  }
}

const scopeInside = (machine: Machine, closure: Closure, args?: readonly Value[]): Scope => {
  const isArrow = ts.isArrowFunction(closure.node)
  const scope = openScope(closure.scope, closure.scope.file, {
    isFunction: true,
    ...(isArrow ? {} : { self: closure.self }),
  })
  bindParameters(machine, closure, args ?? null, scope)
  return scope
}

const MOST_UNCALLED = 5000

/** Functions first, then classes, whose methods are called on an instance made with unknown arguments. */
const runUncalled = (
  machine: Machine,
  modules: Modules,
  files: readonly string[],
  onlyWithParameters: boolean,
) => {
  let left = MOST_UNCALLED
  const isGiven = (node: ts.Node) =>
    ts.isFunctionLike(node) &&
    node.parameters.some((each) => ts.isParameter(each) && givenBy(machine, each) !== null)
  const visit = (node: ts.Node): void => {
    if (left <= 0 || machine.world.exhausted) return
    if (ts.isClassLike(node)) {
      if (!onlyWithParameters || node.members.some(isGiven)) runClass(node)
    } else if (!isFree(node)) {
      ts.forEachChild(node, visit)
    } else if (!machine.followed.has(node) && (!onlyWithParameters || isGiven(node))) {
      left -= 1
      callUncalled(machine, makeClosure(node, scopeAt(machine, modules, node), null))
    }
  }
  const runClass = (node: ts.ClassLikeDeclaration) => {
    if (machine.followed.has(node)) return
    left -= 1
    const made = makeClass(machine, node, scopeAt(machine, modules, node))
    const parameters = node.members.find(ts.isConstructorDeclaration)?.parameters ?? []
    const args = parameters.map((each) => givenBy(machine, each) ?? unknown('an argument of a constructor'))
    const instance = construct(machine, made, args, node)
    for (const member of node.members) {
      if (!ts.isMethodDeclaration(member) || member.body === undefined || machine.followed.has(member))
        continue
      const method = ts.isComputedPropertyName(member.name)
        ? null
        : getMember(machine, instance, member.name.text)
      if (method?.kind === 'closure') callUncalled(machine, method)
    }
  }
  for (const file of files) {
    const source = machine.world.project.script(file)
    if (source !== null) ts.forEachChild(source, visit)
  }
}

const isFree = (node: ts.Node): node is Closure['node'] =>
  ts.isFunctionDeclaration(node) ||
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node) ||
  ts.isMethodDeclaration(node)

const givenBy = (machine: Machine, parameter: ts.ParameterDeclaration) =>
  machine.options.parameter?.(parameter, machine.world) ?? null
