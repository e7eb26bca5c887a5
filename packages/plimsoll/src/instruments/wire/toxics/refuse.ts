import type { Toxic } from './toxic.ts'

/** As when nothing listens on the port. Meant for some connections only, those are accepted and reset. */
export const refuse = (): Toxic => ({ strike: 'close', greet: 'reset', refuses: true })
