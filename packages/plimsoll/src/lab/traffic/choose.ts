import type { KnownRequest, Lab } from '../lab.ts'

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0)

/** Known reads that reach a store, the ones with the fewest statements first: one fault then meets one statement. */
export const storeReads = ({ known }: Pick<Lab, 'known'>, most = 3): KnownRequest[] =>
  known
    .filter(
      ({ request, statements, writes }) =>
        request.method === 'GET' && sum(statements) > 0 && sum(writes) === 0,
    )
    .sort((a, b) => sum(a.statements) - sum(b.statements))
    .slice(0, most)

/** Known reads that need no store at all. */
export const storelessReads = ({ known }: Pick<Lab, 'known'>, most = 3): KnownRequest[] =>
  known.filter(({ request, statements }) => request.method === 'GET' && sum(statements) === 0).slice(0, most)

/** Known requests that the app acknowledges and that write to a store. */
export const storeWrites = ({ known }: Pick<Lab, 'known'>): KnownRequest[] =>
  known.filter(({ request, writes }) => request.method !== 'GET' && sum(writes) > 0)

export const label = ({ route }: KnownRequest): string => `${route.method} ${route.path}`
