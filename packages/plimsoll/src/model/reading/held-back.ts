import type { Exchange } from '../evidence.ts'

/** The lab refused the app what it asked for outside, while it worked on the request: a failure says nothing else. */
export const isHeldBack = ({ heldBack = [] }: Exchange): boolean => heldBack.length > 0

export const heldBackFrom = ({ heldBack = [] }: Exchange): string =>
  `the lab refused the app ${heldBack.join(', ')} meanwhile; if that may be reached, declare it under "outbound" in plimsoll.config.json`
