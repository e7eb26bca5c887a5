import { z } from 'zod'
import { label } from '../../lab/traffic/choose.ts'
import { StatementRecord } from '../../model/evidence.ts'
import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'
import { summarise } from './summarise.ts'

const REPEATS = 3

const Group = z.object({
  shape: z.string(),
  times: z.number().int(),
  /** how many of them had parameters of their own */
  distinct: z.number().int(),
  example: StatementRecord,
})

export const Seen = z.object({
  store: z.string(),
  routes: z.array(
    z.object({
      route: z.string(),
      path: z.string(),
      /** one entry for each time it was asked */
      asked: z.array(
        z.object({
          statements: z.number().int(),
          /** the longest result among the statements that ran once: the list itself */
          rows: z.number().int(),
          parent: z.string().nullable(),
          repeated: z.array(Group),
        }),
      ),
    }),
  ),
})
export type Seen = z.infer<typeof Seen>

/** **Contract:** one request at a time: every statement between two marks belongs to it. */
export default defineExperiment<Seen>({
  id: 'query-count',
  title: 'lists cost a fixed number of statements',
  standard: 'performance.queries',
  needs: ['wire', 'read-request'],
  answersFor: ['write-route', 'read-route', 'query'],
  effect: 'reads',
  cost: { seconds: 3 },
  observes: Seen,
  async run(lab, { signal, focus }) {
    const store = lab.store
    if (store === null) throw new Error('needs a wire')
    const reads = lab.known
      .filter(({ request, statements }) => request.method === 'GET' && (statements[store.id] ?? 0) > 0)
      .filter((known) => focus === undefined || focus.includes(label(known)))
      .filter((known, index, all) => all.findIndex((other) => label(other) === label(known)) === index)
    const routes: Seen['routes'] = []
    for (const known of reads) {
      const asked: Seen['routes'][number]['asked'] = []
      for (let time = 0; time < REPEATS && !signal.aborted; time += 1) {
        const mark = store.wire.mark()
        await lab.http.request({ ...known.request, signal })
        asked.push(summarise(store.wire.since(mark)))
      }
      routes.push({ route: label(known), path: known.request.path, asked })
    }
    return { store: store.id, routes }
  },
  judge,
})
