import { likelyTextOf, optionsOf, type Value, type World } from '../code/code.ts'
import type { PathSpec } from './route-tree.ts'

const specOf = (value: Value): PathSpec => {
  if (value.kind === 'pattern') return { kind: 'pattern', source: `/${value.source}/${value.flags}` }
  if (value.kind === 'constant' && typeof value.value === 'string') return { kind: 'path', path: value.value }
  const likely = likelyTextOf(value)
  if (likely !== null && value.kind === 'unknown') return { kind: 'path', path: likely }
  if (value.kind === 'unknown') return { kind: 'unresolved', why: `the path depends on ${value.why}` }
  return { kind: 'unresolved', why: 'the path is not a text' }
}

/** Every path that an argument names: one, a list of them, or one of several. */
export const pathSpecs = (world: World, value: Value): PathSpec[] =>
  optionsOf(value).flatMap((option) => {
    const items = option.kind === 'list' ? world.items(option) : null
    return items === null ? [specOf(option)] : items.flatMap((item) => pathSpecs(world, item))
  })

/** true for an argument that stands where a path may stand, and is not a function */
export const looksLikePath = (world: World, value: Value): boolean =>
  optionsOf(value).some((option) => {
    if (option.kind === 'constant') return typeof option.value === 'string'
    if (option.kind === 'pattern') return true
    const item = option.kind === 'list' ? option.items[0] : undefined
    return item !== undefined && looksLikePath(world, item)
  })
