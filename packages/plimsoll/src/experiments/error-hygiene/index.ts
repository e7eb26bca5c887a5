import { z } from 'zod'
import { tellingLines } from '../../base/text/telling-lines.ts'
import { Exchange } from '../../model/evidence.ts'
import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'
import { misuses } from './misuses.ts'

export const Seen = z.object({
  /** where bodies were sent; null when no route takes one */
  bodyRoute: z.string().nullable(),
  tries: z.array(
    z.object({
      /** what was wrong with the request: stable, and the subject of the verdict */
      misuse: z.string(),
      exchange: Exchange,
      /** the process was gone afterwards */
      exited: z.boolean(),
    }),
  ),
  lastLines: z.array(z.string()),
})
export type Seen = z.infer<typeof Seen>

/** A page with a stack trace shows it below much else. */
const BODY_LIMIT = 8_000

/** **Contract:** each misuse is one request; a process that died of one is started again for the next. */
export default defineExperiment<Seen>({
  id: 'error-hygiene',
  title: 'refuses malformed requests cleanly',
  standard: 'integrity.validation',
  needs: [],
  answersFor: ['write-route', 'read-route', 'every-request'],
  effect: 'writes',
  cost: { seconds: 5 },
  observes: Seen,
  async run(lab, { signal, focus }) {
    const { bodyRoute, all } = misuses(lab)
    const single = focus?.every((subject) => all.some(({ misuse }) => misuse === subject)) === true
    const wanted = single ? all.filter(({ misuse }) => focus?.includes(misuse)) : all
    const tries: Seen['tries'] = []
    let lastLines: string[] = []
    for (const { misuse, request } of wanted) {
      if (signal.aborted) break
      const exchange = await lab.http.request({
        ...request,
        timeoutMs: 11_000,
        bodyLimit: BODY_LIMIT,
        signal,
      })
      const exited = (await lab.target.exited(150)) !== null
      tries.push({ misuse, exchange, exited })
      if (!exited) continue
      lastLines = tellingLines(lab.target.logs().map(({ text }) => text))
      await lab.target.restart()
      await lab.target.ready(30_000)
    }
    return { bodyRoute, tries, lastLines }
  },
  judge,
})
