import type { Json } from '../../base/json/json.ts'
import { Exchange } from '../../model/evidence.ts'
import type { Run } from '../../model/run.ts'
import type { Route } from '../../model/system.ts'
import { type Observed, routeFinder } from './observed.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Every request and answer that a Run holds, wherever its probes and verdicts keep them. */
const exchangesIn = (value: unknown, found: Map<string, Exchange>): void => {
  if (!isRecord(value)) return
  if (typeof value.method === 'string' && 'atMs' in value && 'body' in value) {
    const parsed = Exchange.safeParse(value)
    if (parsed.success) {
      found.set(JSON.stringify(parsed.data), parsed.data)
      return
    }
  }
  for (const inner of Object.values(value)) exchangesIn(inner, found)
}

const typeOf = ({ headers, body }: Exchange): string | null => {
  const [, written] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? []
  return written?.split(';')[0]?.trim().toLowerCase() || (body === '' ? null : 'application/octet-stream')
}

/** A body that was cut is none that could be read. */
const sampleOf = (body: string): Json | undefined => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** What came of a fault that a proof put in is no answer to document. */
const BROKEN = 500

/** Answers of a service as a Run saw them; failures (5xx) are left out, as most came of the faults of the proof. */
export const observedAnswers = (run: Run, routes: readonly Route[]): Observed[] => {
  const find = routeFinder(routes)
  const exchanges = new Map<string, Exchange>()
  exchangesIn(run.probes, exchanges)
  exchangesIn(run.verdicts, exchanges)
  const seen = [...exchanges.values()].flatMap((exchange): Observed[] => {
    const { method, path, status, body } = exchange
    const route = find(method, path)
    if (route === null || status === null || status >= BROKEN) return []
    const mediaType = typeOf(exchange)
    const sample = mediaType !== null && /[/+]json$/.test(mediaType) ? sampleOf(body) : undefined
    return [{ method, path: route.path, status, mediaType, ...(sample !== undefined && { sample }) }]
  })
  const told = new Set(seen.map((one) => `${one.method} ${one.path} ${one.status}`))
  const reached = run.lab.reach.flatMap(({ route, status }): Observed[] => {
    const [method = '', path = ''] = route.split(' ')
    if (status === null || status >= BROKEN || told.has(`${method} ${path} ${status}`)) return []
    return [{ method, path, status, mediaType: null }]
  })
  return [...seen, ...reached]
}
