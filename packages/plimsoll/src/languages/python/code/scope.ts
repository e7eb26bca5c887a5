import type { Node } from './syntax.ts'

/** How a name got its meaning. `at` is the offset in the file, `sure` false inside a branch that may not run. */
export type Binding = { at: number; line: number; sure: boolean } & (
  | { kind: 'value'; node: Node; path: readonly number[] }
  | { kind: 'item'; of: Node; path: readonly number[] }
  | { kind: 'import'; module: string; name: string | null }
  | { kind: 'definition'; scope: Scope }
  | { kind: 'parameter'; index: number; keywordOnly: boolean; node: Node }
)

/** A module, class or function body. */
export type Scope = {
  kind: 'module' | 'class' | 'function'
  file: string
  /** '' for a module */
  name: string
  node: Node
  parent: Scope | null
  bindings: Map<string, Binding[]>
  /** decorator expressions, outermost first */
  decorators: readonly Node[]
  /** modules imported with `*` */
  stars: string[]
  returns: Node[]
  /** definitions directly inside */
  inner: Scope[]
}

export type Call = { node: Node; scope: Scope }
/** `left = right` where left is no plain name: `app.config['X'] = …`, `self.app = …` */
export type Store = { left: Node; right: Node; scope: Scope }

/** One source file, cut into scopes. */
export type Source = { file: string; root: Scope; scopes: Scope[]; calls: Call[]; stores: Store[] }
