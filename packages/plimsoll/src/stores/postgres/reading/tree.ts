import type { Node } from 'libpg-query'

/** The grammar wraps every node in an object with one key, its type: `{ RangeVar: { … } }`. */
const isNode = (value: object): value is Node => {
  const [key = '', ...others] = Object.keys(value)
  return others.length === 0 && /^[A-Z]/.test(key)
}

/** Calls `visit` for every node in `tree`, outermost first; what it returns false for is not gone into. */
export const walk = (tree: unknown, visit: (node: Node) => boolean): void => {
  if (typeof tree !== 'object' || tree === null) return
  if (!Array.isArray(tree) && isNode(tree) && !visit(tree)) return
  for (const inner of Object.values(tree)) walk(inner, visit)
}

/** The words of a dotted name, as the grammar gives them: unquoted ones in lower case, `*` left out. */
export const words = (nodes: readonly Node[] | undefined): string[] =>
  (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []))
