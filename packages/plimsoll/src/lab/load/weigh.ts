import { fault } from '../../base/errors/fault.ts'
import { nearest } from '../../base/text/nearest.ts'
import { formatCount } from '../../base/text/numbers.ts'
import type { Left } from './choose-operations.ts'
import type { AccessCounts } from './read-access-log.ts'

/** Where weights come from. */
export type WeightSource =
  | { kind: 'declared'; weights: Readonly<Record<string, number>> }
  | { kind: 'access log'; counts: AccessCounts }
  | { kind: 'equal' }

export type Weighed<T> = {
  operations: (T & { weight: number })[]
  left: Left[]
  /** as `Workload.weights` */
  weights: string
  limits: string[]
}

const keepWeighted = <T extends { name: string }>(
  operations: readonly T[],
  weightOf: (name: string) => number,
  reason: string,
): Pick<Weighed<T>, 'operations' | 'left'> => {
  const weighed = operations.map((one) => ({ ...one, weight: weightOf(one.name) }))
  return {
    operations: weighed.filter(({ weight }) => weight > 0),
    left: weighed.filter(({ weight }) => weight === 0).map(({ name }) => ({ name, reason })),
  }
}

const equal = <T extends { name: string }>(operations: readonly T[], limits: string[] = []): Weighed<T> => ({
  operations: operations.map((one) => ({ ...one, weight: 1 })),
  left: [],
  weights: 'equal',
  limits,
})

const fromLog = <T extends { name: string }>(operations: readonly T[], counts: AccessCounts): Weighed<T> => {
  const { lines, routes, strange, unread } = counts
  const kept = keepWeighted(operations, (name) => routes.get(name) ?? 0, 'the access log does not have it')
  if (operations.length > 0 && kept.operations.length === 0) {
    return equal(operations, [
      `the access log (${formatCount(lines, 'line')}) has none of the operations, so each has the same weight`,
    ])
  }
  const sent = new Set(kept.operations.map(({ name }) => name))
  const other = [...routes].reduce((sum, [name, count]) => (sent.has(name) ? sum : sum + count), strange)
  const limits = [
    ...(other > 0
      ? [`${formatCount(other, 'line')} of the access log are of requests that are not sent`]
      : []),
    ...(unread > 0 ? [`${formatCount(unread, 'line')} of the access log name no request`] : []),
  ]
  return { ...kept, weights: `access log, ${formatCount(lines, 'line')}`, limits }
}

/** Gives each operation its weight; one without is left out. Pure. */
export const weigh = <T extends { name: string }>(
  operations: readonly T[],
  source: WeightSource,
): Weighed<T> => {
  if (source.kind === 'equal') return equal(operations)
  if (source.kind === 'access log') return fromLog(operations, source.counts)
  const reason = 'the configuration gives it no weight'
  const kept = keepWeighted(operations, (name) => source.weights[name] ?? 0, reason)
  return { ...kept, weights: 'declared', limits: [] }
}

/**
 * Declared weights that name no route of the service are a mistake.
 * @param file the configuration's, as messages name it
 * @throws E_CONFIG_INVALID with the name that was most likely meant
 */
export const checkNames = (
  weights: Readonly<Record<string, number>>,
  routes: readonly { method: string; path: string }[],
  file = 'the configuration',
): void => {
  const names = routes.map(({ method, path }) => `${method === 'ANY' ? 'GET' : method} ${path}`)
  const unknown = Object.keys(weights).find((name) => !names.includes(name))
  if (unknown === undefined) return
  const meant = nearest(unknown, names)
  const help = meant === null ? `known: ${names.slice(0, 8).join(', ')}` : `did you mean "${meant}"?`
  throw fault('E_CONFIG_INVALID', {
    file,
    problem: `"load.weights": "${unknown}" is no route of the service (${help})`,
  })
}
