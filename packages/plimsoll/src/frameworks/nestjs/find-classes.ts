import ts from 'typescript'
import type { Class, World } from '../../languages/javascript/code/code.ts'
import type { SourcePlace } from '../../model/evidence.ts'
import { isSource } from './bootstraps.ts'
import { decorationsOf, isNest } from './decorations.ts'
import type { Mounted } from './module-graph.ts'

type Found = { target: Class; place: SourcePlace; names: Set<string> }

const isAbstract = (node: ts.ClassDeclaration) =>
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword)

const classOf = (world: World, node: ts.ClassDeclaration): Class | null => {
  const value =
    node.name === undefined
      ? world.exported(node.getSourceFile().fileName, 'default')
      : world.evaluate(node.name)
  return value?.kind === 'class' ? value : null
}

const known = new WeakMap<World, Found[]>()

/** Decorated classes at the top of every file that is no test. */
const decoratedClasses = (world: World, files: readonly string[]): Found[] => {
  const before = known.get(world)
  if (before !== undefined) return before
  const found = files.filter(isSource).flatMap((file) => {
    const text = world.project.text(file) ?? ''
    const source = /@\w/.test(text) && /\bclass\b/.test(text) ? world.project.script(file) : null
    return (source?.statements ?? []).flatMap((node): Found[] => {
      if (!ts.isClassDeclaration(node) || (ts.getDecorators(node) ?? []).length === 0 || isAbstract(node))
        return []
      const target = classOf(world, node)
      if (target === null) return []
      const names = decorationsOf(world, node, target)
        .filter(isNest)
        .map(({ name }) => name)
      return [{ target, place: world.place(node), names: new Set(names) }]
    })
  })
  known.set(world, found)
  return found
}

export const findControllers = (world: World, files: readonly string[]): Mounted[] =>
  decoratedClasses(world, files)
    .filter(({ names }) => names.has('Controller'))
    .map(({ target }) => ({ target, owner: null }))

export const findModules = (world: World, files: readonly string[]): Found[] =>
  decoratedClasses(world, files).filter(({ names }) => names.has('Module'))
