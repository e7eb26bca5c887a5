import type { Toxic } from './toxic.ts'

/** The store's close reaches the app late. */
export const slowClose = ({ ms }: { ms: number }): Toxic => ({ closeDelayMs: ms })
