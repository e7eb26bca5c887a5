import type { Config } from '../config.ts'
import type { Route } from '../system.ts'

export type Health = { ready: string | null; live: string | null }

const READY = /^(?:readyz?|readiness)$/i
const LIVE = /^(?:livez?|liveness|alive|ping)$/i
const EITHER = /^_?(?:healthz?|health[-_]?check|status|heartbeat|up)$/i

const lastSegment = (path: string) => path.split('/').at(-1) ?? ''
const shortest = (paths: readonly string[]) =>
  [...paths].sort((left, right) => left.length - right.length || (left < right ? -1 : 1))[0] ?? null

/** Health routes by their names; what the configuration declares wins. A lone `/health` counts as readiness. */
export const healthRoutes = (routes: readonly Route[], config: Config): Health => {
  const paths = routes
    .filter(({ method, path }) => ['GET', 'ANY', 'HEAD'].includes(method) && !/[:*]/.test(path))
    .map(({ path }) => path)
  const named = (pattern: RegExp) => shortest(paths.filter((path) => pattern.test(lastSegment(path))))
  const health = shortest(paths.filter((path) => /^_?health/i.test(lastSegment(path)))) ?? named(EITHER)
  return {
    ready: config.health?.ready ?? named(READY) ?? health,
    live: config.health?.live ?? named(LIVE),
  }
}
