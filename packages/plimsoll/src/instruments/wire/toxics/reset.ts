import type { Toxic } from './toxic.ts'

/** A TCP reset, as from a peer that died; new connections are accepted and reset. */
export const reset = (): Toxic => ({ strike: 'reset', greet: 'reset' })
