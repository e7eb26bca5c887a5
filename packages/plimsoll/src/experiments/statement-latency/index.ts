import { z } from 'zod'
import { touchesData } from '../../base/sql/verb.ts'
import { storeReads } from '../../lab/traffic/choose.ts'
import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'

/** 299 clean ones prove "under 1 %" at 95 %; twice that leaves room for a few slow ones. */
const ENOUGH = 600
const LIMIT_MS = 15_000

export const Seen = z.object({
  store: z.string(),
  requests: z.number().int(),
  shapes: z.array(
    z.object({
      shape: z.string(),
      route: z.string(),
      durationsMs: z.array(z.number()),
    }),
  ),
  /** `SELECT 1` sent past the proxy all the while: how slow this machine itself was */
  sentinelMs: z.array(z.number()),
})
export type Seen = z.infer<typeof Seen>

/** **Contract:** sends one request at a time, so that no statement waits for another of ours. */
export default defineExperiment<Seen>({
  id: 'statement-latency',
  title: 'statements are quick',
  standard: 'performance.query',
  needs: ['wire', 'read-request'],
  answersFor: ['write-route', 'read-route', 'query', 'migration'],
  effect: 'reads',
  cost: { seconds: 8 },
  quiet: true,
  observes: Seen,
  async run(lab, { signal }) {
    const store = lab.store
    if (store === null) throw new Error('needs a wire')
    const reads = storeReads(lab, 12)
    const shapes = new Map<string, Seen['shapes'][number]>()
    const sentinelMs: number[] = []
    const fromMs = lab.nowMs()
    let requests = 0
    let statements = 0
    while (statements < ENOUGH && lab.nowMs() - fromMs < LIMIT_MS && !signal.aborted) {
      const known = reads[requests % reads.length]
      if (known === undefined) break
      const mark = store.wire.mark()
      await lab.http.request({ ...known.request, signal })
      requests += 1
      for (const { sql, shape, durationMs } of store.wire.since(mark)) {
        if (durationMs === null || !touchesData(sql)) continue
        const row = shapes.get(shape) ?? {
          shape,
          route: `${known.route.method} ${known.route.path}`,
          durationsMs: [],
        }
        row.durationsMs.push(Math.round(durationMs * 1_000) / 1_000)
        shapes.set(shape, row)
        statements += 1
      }
      if (requests % 2 === 0) continue
      const askedMs = lab.nowMs()
      await store.database.query('SELECT 1')
      sentinelMs.push(lab.nowMs() - askedMs)
    }
    return { store: store.id, requests, shapes: [...shapes.values()], sentinelMs }
  },
  judge,
})
