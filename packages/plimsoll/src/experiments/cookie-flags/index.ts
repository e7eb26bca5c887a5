import { z } from 'zod'
import { freshen } from '../../lab/speak/freshen.ts'
import { label } from '../../lab/traffic/choose.ts'
import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'
import { parseCookies } from './parse.ts'

export const Cookie = z.object({
  name: z.string(),
  /** the value itself never enters an artifact */
  valueLength: z.number().int(),
  /** looks like a credential: random enough, or a token by form */
  opaque: z.boolean(),
  httpOnly: z.boolean(),
  secure: z.boolean(),
  sameSite: z.string().nullable(),
  /** being cleared, or for a date in the past */
  cleared: z.boolean(),
})

export const Seen = z.object({
  asked: z.number().int(),
  cookies: z.array(z.object({ route: z.string(), cookie: Cookie })),
})
export type Seen = z.infer<typeof Seen>

/** Says that the proxy in front spoke TLS, as in production, so that an app may set Secure. */
const AS_BEHIND_TLS = { 'x-forwarded-proto': 'https' }

export default defineExperiment<Seen>({
  id: 'cookie-flags',
  title: 'session cookies are out of reach of scripts and other sites',
  standard: 'security.transport-storage',
  needs: ['http'],
  answersFor: ['identity', 'every-request'],
  effect: 'writes',
  cost: { seconds: 2 },
  observes: Seen,
  async run(lab, { signal }) {
    const cookies: Seen['cookies'] = []
    const requests = lab.known.slice(0, 40)
    for (const known of requests) {
      if (signal.aborted) break
      const { cookie: _sent, ...headers } = known.request.headers ?? {}
      const request = freshen({ ...known.request, headers: { ...headers, ...AS_BEHIND_TLS } }, lab.random)
      const { headers: answered } = await lab.http.request({ ...request, signal })
      for (const cookie of parseCookies(answered['set-cookie'] ?? ''))
        cookies.push({ route: label(known), cookie })
    }
    return { asked: requests.length, cookies }
  },
  judge,
})
