import type { Toxic } from './toxic.ts'

/** As when a network drops every packet: connections stay open and nothing answers. */
export const blackHole = (): Toxic => ({ swallows: true })
