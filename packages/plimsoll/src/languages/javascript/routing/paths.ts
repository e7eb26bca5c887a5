/** Joins a mount path and a path below it; no doubled slashes, no slash at the end but for the root itself. */
export const joinPaths = (...parts: readonly string[]): string => {
  const joined = parts
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('/') ? part : `/${part}`))
    .join('')
    .replace(/\/{2,}/g, '/')
  return joined.length > 1 ? joined.replace(/\/$/, '') : '/'
}

/** Cuts what stands in balanced brackets after a parameter's name: `:id(\\d+)`. */
const dropConstraints = (path: string): string => {
  let kept = ''
  let depth = 0
  for (const character of path) {
    if (character === '(') depth += 1
    if (depth === 0) kept += character
    if (character === ')' && depth > 0) depth -= 1
  }
  return kept
}

/**
 * The syntaxes of path-to-regexp, old and new, as one: `:name`, `:name?` where it may be missing, `*` for the rest.
 * `:id(\\d+)` → `:id`, `{/:op}` → `/:op?`, `*splat` and `(.*)` → `*`.
 */
export const normalisePath = (path: string): string => {
  const rest = path
    .replace(/\(\.[*+]\)/g, '*')
    .replace(/:\w+\*/g, '*')
    .replace(/\*\w+/g, '*')
    .replace(/\{([^{}]*)\}/g, (_, inside: string) => (/[:*]/.test(inside) ? `${inside}?` : inside))
  return dropConstraints(rest).replace(/\*\?/g, '*').replace(/[{}]/g, '')
}

const wild = (segment: string) => segment.startsWith(':') || segment.includes('*')

/** true when a middleware at `mount` sees requests to `path` */
export const covers = (mount: string, path: string): boolean => {
  const above = mount.split('/').filter((segment) => segment !== '')
  const below = path.split('/').filter((segment) => segment !== '')
  for (const [index, segment] of above.entries()) {
    if (segment === '*') return true
    const other = below[index]
    if (other === undefined) return segment.endsWith('?')
    if (!wild(segment) && !wild(other) && segment.toLowerCase() !== other.toLowerCase()) return false
  }
  return true
}
