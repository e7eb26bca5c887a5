/** A route as a pattern: `/orders/:id`, `/files/*`. */
type Pattern = { method: string; path: string }

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const patternOf = (path: string) => {
  const parts = path
    .split('/')
    .map((part) => (part === '*' ? '.*' : literally(part).replace(/:\w+(?:\\\?)?/g, '[^/]+')))
  return new RegExp(`^${parts.join('/')}/?$`)
}

const parameters = (path: string) => path.split(/[:*]/).length - 1

/**
 * The route that a request line means, as `GET /orders/:id`; the one with the fewest parameters where several fit,
 * null where none does.
 */
export const createRouteMatcher = (routes: readonly Pattern[]) => {
  const patterns = [...routes]
    .sort((a, b) => parameters(a.path) - parameters(b.path))
    .map(({ method, path }) => ({ method, name: `${method} ${path}`, pattern: patternOf(path) }))
  return (method: string, target: string): string | null => {
    const path = target.replace(/^https?:\/\/[^/]*/i, '').split(/[?#]/)[0] ?? ''
    return patterns.find((one) => one.method === method && one.pattern.test(path))?.name ?? null
  }
}
