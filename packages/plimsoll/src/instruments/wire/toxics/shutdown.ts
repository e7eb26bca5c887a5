import type { Toxic } from './toxic.ts'

/** As when an administrator stops the store: it says so on each open connection, closes it, and is gone. */
export const shutdown = (): Toxic => ({ strike: 'notice', greet: 'reset', refuses: true })
