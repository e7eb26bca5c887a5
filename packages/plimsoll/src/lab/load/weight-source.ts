import { basename } from 'node:path'
import type { Lab } from '../lab.ts'
import { readAccessLog } from './read-access-log.ts'
import { checkNames, type WeightSource } from './weigh.ts'

/** What the wishes say of weights: declared ones go before an access log. */
export const weightSource = async (
  { wishes, service }: Pick<Lab, 'wishes' | 'service'>,
  signal: AbortSignal,
): Promise<WeightSource> => {
  const { weights, accessLog } = wishes
  if (weights !== undefined) {
    checkNames(weights, service.routes)
    return { kind: 'declared', weights }
  }
  if (accessLog === undefined) return { kind: 'equal' }
  const shown = basename(accessLog)
  const counts = await readAccessLog(accessLog, { routes: service.routes, shown, signal })
  return { kind: 'access log', counts }
}

/** Operations that are asked for by name; null where nobody names any. */
export const namedBy = (source: WeightSource): ReadonlySet<string> | null =>
  source.kind !== 'declared'
    ? null
    : new Set(Object.keys(source.weights).filter((name) => (source.weights[name] ?? 0) > 0))
