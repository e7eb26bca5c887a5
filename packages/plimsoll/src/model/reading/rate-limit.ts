import type { Exchange } from '../evidence.ts'

/** The app refused to look at the request, because too many came before it: the answer says nothing else. */
export const isRateLimited = ({ status }: Exchange): boolean => status === 429

export const RATE_LIMITED =
  'the app answered 429: it limits the rate of requests. Turn that off for the lab, through "env" in plimsoll.config.json'
