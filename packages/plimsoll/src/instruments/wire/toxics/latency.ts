import type { Random } from '../../../base/random/random.ts'
import type { Toxic } from './toxic.ts'

/** Each piece leaves that much later, give or take the jitter, but never before the one ahead of it. */
export const latency = (fault: { ms: number; jitterMs?: number }, random: Random): Toxic => ({
  leaveMs: (atMs) => atMs + Math.max(0, fault.ms + (fault.jitterMs ?? 0) * (2 * random.next() - 1)),
})
