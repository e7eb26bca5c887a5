import type { Route } from '../../model/system.ts'

/** How much a method may change; a sibling that may do as much or less and has a guard is a reason to ask. */
const POWER: Readonly<Record<string, number>> = { GET: 0, HEAD: 0, POST: 1, PUT: 2, PATCH: 2, DELETE: 3 }

/** Words of a path that is for everybody, or that brings its own proof. */
const PUBLIC =
  /(?:^|[/_.-])(?:log-?in|log-?out|sign-?in|sign-?up|sign-?out|register|registration|auth|oauth2?|oidc|sso|saml|callback|refresh|tokens?|session|password|passwd|forgot|reset|recover|confirm|verify|verification|activate|activation|validate|invit\w+|magic|otp|2fa|captcha|csrf|health\w*|healthz|live\w*|ready\w*|ping|status|version|info|metrics|is-?alive|heartbeat|webhooks?|hooks?|docs?|swagger|openapi|api-docs|redoc|graphql|public|anonymous|guest|shared?|feed|rss|sitemap|robots|favicon|assets|static|contact|newsletter|subscribe|unsubscribe|track\w*|events?|telemetry|config|settings\/public|i18n|locales?|search|explore|setup|install|check\w*|exists|counts?|available|availability)(?=$|[/_.:-])/i

const isPublic = ({ path }: Route) => PUBLIC.test(path)

/** `/api/v1/orders/:id/items` is about `orders`. */
const resourceOf = ({ path }: Route): string | null =>
  path.split('/').find((part) => part !== '' && !/^(?::|\*|api$|rest$|v\d+$)/i.test(part)) ?? null

/** Creating an account is what a client without one does. */
const REGISTERS = /(?:^|\/)(?:users?|accounts?|members?|persons?|people|customers?|profiles?|clients?)\/?$/i

const isNear = (one: Route, other: Route) =>
  one.place.file === other.place.file ||
  (one.handler.place !== null && one.handler.place.file === other.handler.place?.file)

const FEWEST_READS = 2
const MOST_READS_SHARE = 0.75

/**
 * The routes beside it, on the same resource, that have a guard while they may do as much or less; none where it has a
 * guard itself, where that is not known, or where its path says that it is for everybody. A route that only reads takes
 * three quarters of those that only read to be guarded.
 */
export const guardedSiblings = (route: Route, routes: readonly Route[]): Route[] => {
  const power = POWER[route.method]
  const resource = resourceOf(route)
  if (route.guard !== 'no' || power === undefined || resource === null || isPublic(route)) return []
  if (route.method === 'POST' && REGISTERS.test(route.path)) return []
  const near = routes.filter(
    (other) =>
      other !== route &&
      other.framework === route.framework &&
      isNear(route, other) &&
      resourceOf(other) === resource &&
      (POWER[other.method] ?? Number.POSITIVE_INFINITY) <= power,
  )
  const guarded = near.filter(({ guard }) => guard === 'yes')
  if (power > 0) return guarded
  const share = guarded.length / Math.max(1, near.length)
  return guarded.length >= FEWEST_READS && share >= MOST_READS_SHARE ? guarded : []
}
