import type { Config } from '../../model/config.ts'
import type { Route } from '../../model/system.ts'

export type Health = { ready: string | null; live: string | null }

const READY = /^(?:readyz?|readiness)$/i
const LIVE = /^(?:livez?|liveness|alive|ping)$/i
const EITHER = /^_?(?:healthz?|health[-_]?check|status|heartbeat|up)$/i

/** Asked of the running app when no route of these names was found in the source. */
const COMMON_READY = [
  '/readyz',
  '/ready',
  '/health/ready',
  '/healthz',
  '/health',
  '/api/health',
  '/actuator/health',
]
const COMMON_LIVE = ['/livez', '/live', '/health/live', '/ping']

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

/**
 * Looks for health routes that the source did not show.
 * @param status what the app answers to GET of a path; null for no answer
 */
export const findHealth = async (
  known: Health,
  status: (path: string) => Promise<number | null>,
): Promise<Health> => {
  if (known.ready !== null) return known
  const stranger = await status('/plimsoll-no-such-route')
  if (stranger !== 404) return known
  const first = async (paths: readonly string[]) => {
    for (const path of paths) {
      const answered = await status(path)
      if (answered === 200 || answered === 204 || answered === 503) return path
    }
    return null
  }
  return { ready: await first(COMMON_READY), live: known.live ?? (await first(COMMON_LIVE)) }
}
