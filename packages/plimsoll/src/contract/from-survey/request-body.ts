import type { Json } from '../../base/json/json.ts'
import type { Route } from '../../model/system.ts'
import type { Components } from './components.ts'
import { type Group, schemaIn } from './json.ts'

type Tree = Map<string, Tree>

const treeOf = (names: readonly string[]): Tree => {
  const root: Tree = new Map()
  for (const name of names) {
    let at = root
    for (const part of name.split('.')) {
      const next = at.get(part) ?? new Map()
      at.set(part, next)
      at = next
    }
  }
  return root
}

/** `user.email`, `items.0.sku`: an object with what is read of it; nothing is said of what must be there. */
const fromTree = (tree: Tree): Json => {
  if (tree.size === 0) return {}
  const item = tree.get('0')
  if (item !== undefined && tree.size === 1) return { type: 'array', items: fromTree(item) }
  return {
    type: 'object',
    properties: Object.fromEntries([...tree].map(([name, inner]) => [name, fromTree(inner)])),
  }
}

const TAKING = new Set(['POST', 'PUT', 'PATCH'])

const isUpload = ({ middlewares }: Route) =>
  middlewares.some(({ name }) => /multer|upload|multipart/i.test(name))

/** The body as it is checked, else as its names are read; null where nothing is known of one. */
export const bodyOf = (route: Route, method: string, components: Components): Group | null => {
  const checked = schemaIn(route.schemas?.body)
  const names = route.reads?.body ?? []
  if (checked === null && (names.length === 0 || !TAKING.has(method))) return null
  const read: Json = checked === null ? fromTree(treeOf(names)) : components.hoist(checked)
  const must = checked !== null && Array.isArray(checked.required) && checked.required.length > 0
  const mediaType = isUpload(route) ? 'multipart/form-data' : 'application/json'
  return {
    ...(must ? { required: true } : {}),
    content: { [mediaType]: { schema: read } },
  }
}
