import type { Evidence } from '../../model/evidence.ts'
import type { Hit } from './seen.ts'

export const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`

/** `POST /orders, GET /orders` */
export const routesOf = (some: readonly { route: string }[]): string =>
  [...new Set(some.map(({ route }) => route))].join(', ')

export const faultsOf = (some: readonly { fault: string }[]): string =>
  [...new Set(some.map(({ fault }) => fault))].join(', ')

export const answerOf = ({ status, error }: { status: number | null; error?: string | undefined }): string =>
  status === null ? `no answer (${error ?? 'none'})` : `answer ${status}`

/** `POST /orders: serialization failure, answer 500` */
export const tellHit = (hit: Hit): string => `${hit.route}: ${hit.fault}, ${answerOf(hit.exchange)}`

export const showHit = (hit: Hit): Evidence[] => [
  { kind: 'exchange', title: `The request during the ${hit.fault}`, exchange: hit.exchange },
  ...(hit.statements.length === 0
    ? []
    : [{ kind: 'statements' as const, title: 'Its statements', statements: hit.statements }]),
]
