import { z } from 'zod'
import { label } from '../../lab/traffic/choose.ts'
import { Exchange } from '../../model/evidence.ts'
import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'

/** An origin that no configuration would allow on purpose. */
export const FOREIGN_ORIGIN = 'https://plimsoll-foreign.example'

export const Seen = z.object({
  answers: z.array(z.object({ route: z.string(), exchange: Exchange })),
  /** the same reads sent as a page of another site would send them */
  foreign: z.array(z.object({ route: z.string(), exchange: Exchange })),
})
export type Seen = z.infer<typeof Seen>

export default defineExperiment<Seen>({
  id: 'security-headers',
  title: 'answers carry the headers that protect a browser',
  standard: 'security.transport-storage',
  needs: ['http'],
  answersFor: ['every-request'],
  effect: 'reads',
  cost: { seconds: 2 },
  observes: Seen,
  async run(lab, { signal }) {
    const reads = lab.known.filter(({ request }) => request.method === 'GET').slice(0, 8)
    const answers: Seen['answers'] = []
    const foreign: Seen['foreign'] = []
    for (const known of reads) {
      const route = label(known)
      answers.push({ route, exchange: await lab.http.request({ ...known.request, signal }) })
      const headers = { ...known.request.headers, origin: FOREIGN_ORIGIN }
      foreign.push({ route, exchange: await lab.http.request({ ...known.request, headers, signal }) })
    }
    return { answers, foreign }
  },
  judge,
})
