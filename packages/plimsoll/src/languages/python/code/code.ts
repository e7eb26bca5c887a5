import type { Project } from '../../../instruments/source/project.ts'
import { createEvaluate, type Evaluate } from './evaluate.ts'
import { createLocate, type Locate } from './locate-module.ts'
import { readSource } from './read-source.ts'
import type { Call, Scope, Source } from './scope.ts'
import { calledName } from './syntax.ts'

/** The Python of one module, read once and shared by everything that asks about it. */
export type Code = {
  project: Project
  /** the module's folder, relative to the root */
  dir: string
  sources: readonly Source[]
  source(file: string): Source | null
  locate: Locate
  /** calls whose last name is this one */
  callsOf(name: string): readonly Call[]
  evaluate: Evaluate
}

const opened = new WeakMap<Project, Map<string, Code>>()

export const openCode = (project: Project, dir: string, files: readonly string[]): Code => {
  const known = opened.get(project) ?? new Map<string, Code>()
  opened.set(project, known)
  const before = known.get(dir)
  if (before !== undefined) return before
  const code = makeCode(project, dir, files)
  known.set(dir, code)
  return code
}

const makeCode = (project: Project, dir: string, files: readonly string[]): Code => {
  const read = new Map<string, Source | null>()
  const source = (file: string): Source | null => {
    const before = read.get(file)
    if (before !== undefined) return before
    const tree = project.tree(file, 'python')
    const made = tree === null ? null : readSource(file, tree.rootNode)
    read.set(file, made)
    return made
  }
  const sources = files
    .filter((file) => file.endsWith('.py'))
    .map(source)
    .filter((one) => one !== null)
  let calls: Map<string, Call[]> | null = null
  const code: Omit<Code, 'evaluate'> = {
    project,
    dir,
    sources,
    source,
    locate: createLocate(project, dir, files),
    callsOf: (name) => {
      calls ??= indexCalls(sources)
      return calls.get(name) ?? []
    },
  }
  return { ...code, evaluate: createEvaluate(code) }
}

const indexCalls = (sources: readonly Source[]) => {
  const index = new Map<string, Call[]>()
  for (const call of sources.flatMap((source) => source.calls)) {
    const name = calledName(call.node)
    const before = index.get(name)
    if (before === undefined) index.set(name, [call])
    else before.push(call)
  }
  return index
}

/** The module, class or function that encloses a scope, itself included. */
export const enclosing = (scope: Scope | null, kind: Scope['kind']): Scope | null => {
  let at = scope
  while (at !== null && at.kind !== kind) at = at.parent
  return at
}

/** The innermost scope around an offset of a file. */
export const scopeAt = (source: Source, at: number): Scope => {
  let best = source.root
  for (const scope of source.scopes) {
    const { startIndex, endIndex } = scope.node
    if (startIndex <= at && at < endIndex && startIndex >= best.node.startIndex) best = scope
  }
  return best
}
