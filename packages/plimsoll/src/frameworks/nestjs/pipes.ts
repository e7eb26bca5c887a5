import type ts from 'typescript'
import { optionsOf, type Value, type World } from '../../languages/javascript/code/code.ts'
import { readSigns } from '../../languages/javascript/routing/judge-middleware.ts'
import { VALIDATORS } from '../../languages/javascript/routing/packages.ts'
import { lineage } from './decorations.ts'
import { importOf } from './import-of.ts'
import { makeInstance } from './instance.ts'

/**
 * What a pipe checks: `class`, what the decorators of the parameter's class say; `value`, the value against
 * something of its own; `maybe`, something that cannot be read.
 */
export type Checks = 'class' | 'value' | 'maybe' | 'nothing'

const VALIDATING = /valid|schema|zod|joi|yup/i

const ofPackage = (name: string, path: readonly string[], args: readonly Value[]): Checks => {
  const made = path.filter((part) => part !== '()').at(-1) ?? ''
  if (name === '@nestjs/common') {
    if (made === 'ValidationPipe') return 'class'
    if (made === 'ParseArrayPipe') return args.length > 0 ? 'value' : 'nothing'
    return /^Parse\w+Pipe$/.test(made) ? 'value' : 'nothing'
  }
  if (name === 'nestjs-zod' || /zod-nestjs$/.test(name)) return args.length > 0 ? 'value' : 'class'
  if (VALIDATORS.has(name)) return 'value'
  return VALIDATING.test(`${name} ${made}`) ? 'maybe' : 'nothing'
}

/** true for a pipe that does by hand what Nest's ValidationPipe does: `validate(plainToInstance(type, value))` */
const asksTheClass = (node: ts.Node): boolean => {
  const call = /\b(validate(?:Sync|OrReject)?)\s*\(/.exec(node.getText())
  return importOf(node.getSourceFile(), call?.[1] ?? '') === 'class-validator'
}

const ofInstance = (world: World, instance: Value): Checks => {
  if (instance.kind !== 'dictionary' || instance.of === null) return 'nothing'
  const line = lineage(instance.of)
  const transform = world.get(instance, 'transform')
  if (transform.kind === 'closure' && readSigns(world, transform, []).validates) {
    return asksTheClass(transform.node) ? 'class' : 'value'
  }
  const base = line.at(-1)?.parent ?? null
  return base?.kind === 'external' ? ofPackage(base.package, base.path, base.args) : 'nothing'
}

export const checksOf = (world: World, pipe: Value): Checks => {
  const all = optionsOf(pipe).map((option): Checks => {
    if (option.kind === 'external') return ofPackage(option.package, option.path, option.args)
    if (option.kind === 'class') return ofInstance(world, makeInstance(world, option, option.node))
    if (option.kind === 'dictionary') return ofInstance(world, option)
    return option.kind === 'unknown' ? 'maybe' : 'nothing'
  })
  const [first] = all
  return first !== undefined && all.every((each) => each === first) ? first : 'maybe'
}
