import type { KnownRequest, Lab, RequestOptions } from '../lab.ts'
import { freshen } from '../speak/freshen.ts'

/** One state-changing request, frozen: sent twice, it is the same request twice. */
export type Operation = {
  known: KnownRequest
  /** `POST /orders`, as the survey prints it: the subject of verdicts */
  label: string
  request: RequestOptions
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0)

export const labelOf = ({ route }: { route: Pick<KnownRequest['route'], 'method' | 'path'> }): string =>
  `${route.method} ${route.path}`

/** A request frozen now: its placeholders are filled. */
export const freeze = (known: KnownRequest, random: Lab['random']): Operation => ({
  known,
  label: labelOf(known),
  request: freshen(known.request, random),
})

/** Operations known to be accepted; those that were seen to write first. */
export const operationsOf = ({ known, random }: Pick<Lab, 'known' | 'random'>): Operation[] =>
  known
    .filter(({ request }) => !SAFE.has(request.method))
    .sort((a, b) => Number(sum(b.writes) > 0) - Number(sum(a.writes) > 0))
    .map((one) => freeze(one, random))
