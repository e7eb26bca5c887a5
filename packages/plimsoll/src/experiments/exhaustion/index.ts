import type { JsonSchema } from '../../contract/api.ts'
import type { Lab } from '../../lab/lab.ts'
import type { SlowPatterns } from '../../lab/patterns/slow-patterns.ts'
import { defineExperiment } from '../define.ts'
import { tryBodies } from './bodies/try-bodies.ts'
import { judge } from './judge.ts'
import { UPLOADS } from './judge-uploads.ts'
import { tryPatterns } from './patterns/try-patterns.ts'
import { Seen } from './seen.ts'
import { wantsOf } from './subjects.ts'
import { tryUploads } from './uploads/try-uploads.ts'

const DEPTH = 12

const patternsIn = (value: unknown, depth = 0): string[] => {
  if (value === null || typeof value !== 'object' || depth > DEPTH) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'pattern' && typeof inner === 'string' ? [inner] : patternsIn(inner, depth + 1),
  )
}

/** Patterns that the API says it holds its inputs against; that of its answers costs nobody anything. */
const writtenIn = ({ api }: Lab): string[] => {
  const schemas: (JsonSchema | null)[] = [
    ...Object.values(api?.definitions ?? {}),
    ...(api?.operations ?? []).flatMap(({ parameters, body }) => [
      ...parameters.map(({ schema }) => schema),
      ...(body?.content ?? []).map(({ schema }) => schema),
    ]),
  ]
  return [...new Set(schemas.flatMap((schema) => patternsIn(schema)))].sort()
}

const NONE: SlowPatterns = { read: 0, slow: [], open: [] }

/** **Contract:** each request is sent alone, beside one small one; a process that it ended is started again. */
export default defineExperiment<Seen>({
  id: 'exhaustion',
  title: 'no small request makes it work for long',
  standard: 'security.limits',
  also: [UPLOADS],
  needs: ['http'],
  answersFor: ['write-route', 'every-request'],
  effect: 'writes',
  cost: { seconds: 12 },
  observes: Seen,
  async run(lab, { signal, focus }) {
    const wants = wantsOf(focus)
    const found = wants.patterns ? ((await lab.slowPatterns?.(writtenIn(lab), signal)) ?? NONE) : NONE
    // Looking for them takes longer than some sessions last.
    if (found.slow.length > 0) await lab.renew?.()
    const patterns = await tryPatterns(lab, found.slow, wants.input, signal)
    const files = wants.uploads ? await tryUploads(lab, wants.upload, signal) : { uploads: [], routes: 0 }
    const bodies = await tryBodies(lab, (_, way) => wants.way(way), signal)
    return {
      ...{ patternsRead: found.read, patternsOpen: found.open.length, patterns, bodies },
      ...{ uploads: files.uploads, uploadRoutes: files.routes },
    }
  },
  judge,
})
