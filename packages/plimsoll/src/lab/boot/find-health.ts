import type { Health } from '../../model/reading/health-routes.ts'

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
