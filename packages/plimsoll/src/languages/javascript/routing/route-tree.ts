import type ts from 'typescript'
import type { SourcePlace } from '../../../model/evidence.ts'
import type { Value } from '../code/code.ts'
import type { Part } from './sources.ts'

/** A path as registered: a text, a pattern reported as it is written, or something we could not resolve. */
export type PathSpec =
  | { kind: 'path'; path: string }
  | { kind: 'pattern'; source: string }
  | { kind: 'unresolved'; why: string }

/** Schemas that stand beside a route. */
export type Declared = {
  readonly parts: { readonly [part in Part]?: Value }
  /** by status */
  readonly responses: ReadonlyMap<string, Value>
}

/** One registration on an app or router, in the order in which requests meet them. */
export type Layer =
  | {
      kind: 'middleware'
      paths: readonly PathSpec[]
      values: readonly Value[]
      certain: boolean
      place: SourcePlace
    }
  | {
      kind: 'mount'
      paths: readonly PathSpec[]
      tree: RouteTree
      before: readonly Value[]
      place: SourcePlace
    }
  | {
      kind: 'route'
      methods: readonly string[]
      paths: readonly PathSpec[]
      handlers: readonly Value[]
      /** what the framework itself checks before the handler, and how it says that it answers */
      declared?: Declared
      place: SourcePlace
      node: ts.Node
    }

/** An app or a router, with what was registered on it. */
export type RouteTree = {
  kind: 'app' | 'router' | 'parameter'
  /** as a reader would call it */
  name: string
  place: SourcePlace
  /** paths given when it was made, before which nothing is mounted */
  prefix: PathSpec
  layers: Layer[]
}

export const NO_PATH: PathSpec = { kind: 'path', path: '' }
